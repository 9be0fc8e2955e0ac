package io.cpdevents.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.driver.Card;
import io.cpdevents.driver.Person;
import io.cpdevents.driver.PublishedEvent;
import io.cpdevents.driver.World;
import io.cpdevents.local.LocalPlatform;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Passwords, tokens and card numbers in what a platform has written. */
public final class Leaks {

  /** A signed access token, a Stripe client secret, our Stripe keys, any card of the journeys. */
  private static final Pattern SHAPES =
      Pattern.compile(
          "eyJ[A-Za-z0-9_-]{10,}\\.eyJ|_secret_[A-Za-z0-9]+|sk_test_|whsec_|"
              + Arrays.stream(Card.values()).map(Card::number).collect(Collectors.joining("|")));

  private final LocalPlatform platform;
  private final World world;

  /** Of what has happened in a world. */
  public Leaks(LocalPlatform platform, World world) {
    this.platform = platform;
    this.world = world;
  }

  /** None may be anywhere. */
  public void assertNone() {
    assertNoneInLogs();
    assertNoneOnTopics();
    assertNoneInDatabases();
  }

  void assertNoneInLogs() {
    somethingHasHappened();
    Findings findings = new Findings(secrets(), "Started AccountsApplication");
    written().inLogs(findings::look);
    findings.assertNone();
  }

  void assertNoneOnTopics() {
    Person ada = somethingHasHappened();
    Findings findings = new Findings(secrets(), ada.email());
    written().onTopics(findings::look);
    findings.assertNone();
  }

  void assertNoneInDatabases() {
    Person ada = somethingHasHappened();
    Findings findings = new Findings(secrets(), ada.email());
    written().inDatabases(findings::look);
    findings.assertNone();
  }

  private Written written() {
    return new Written(platform, world);
  }

  /** Also when this test runs alone; what is not secret of it must be found. */
  private Person somethingHasHappened() {
    PublishedEvent event = world.anOrganization().publishes(5, 25_00);
    Person ada = world.somebody("Ada Attendee");
    ada.registersFor(event, 1).isPaid().becomes("confirmed");
    return ada;
  }

  private List<String> secrets() {
    List<String> secrets = new ArrayList<>(world.secrets());
    secrets.add(world.address().internalToken());
    return secrets;
  }

  /** Says where something was found, never what. */
  private static final class Findings {
    private final List<String> secrets;
    private final String control;
    private final Set<String> found = new TreeSet<>();
    private boolean controlWasFound;

    /** Looks for the secrets, and for something that is there to see that looking works. */
    Findings(List<String> secrets, String control) {
      this.secrets = secrets;
      this.control = control;
    }

    void look(String place, String text) {
      controlWasFound |= text.contains(control);
      if (secrets.stream().anyMatch(text::contains)) {
        found.add(place + " holds a password or token");
      }
      if (SHAPES.matcher(text).find()) {
        found.add(place + " holds something of the shape of a secret");
      }
    }

    void assertNone() {
      assertThat(found).isEmpty();
      assertThat(controlWasFound).as("the search finds what is there").isTrue();
    }
  }
}
