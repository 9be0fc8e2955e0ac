package io.cpdevents.driver;

import io.cpdevents.driver.http.Api;
import io.cpdevents.driver.inside.ConsumerLag;
import io.cpdevents.driver.inside.Databases;
import io.cpdevents.driver.inside.Topics;
import io.cpdevents.driver.invariants.Invariants;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * A running platform with the people who act in it. It hands out people and organizations, and
 * remembers what was acknowledged: {@link Invariants} must hold of that, ever after.
 */
public final class World implements AutoCloseable {

  private final PlatformAddress address;
  private final Memory memory;
  private final Manner manner;
  private final Api api;
  private final Sandbox stripe;
  private final Mailbox mailbox;
  private final Invariants invariants;

  private World(PlatformAddress address, Memory memory, Manner manner) {
    this.address = address;
    this.memory = memory;
    this.manner = manner;
    this.api = manner.at(address.gatewayUrl());
    this.stripe = new Sandbox(manner.at(address.sandboxUrl()));
    this.mailbox = new Mailbox(this, manner.at(address.mailboxUrl()));
    this.invariants = new Invariants(this, memory.exceptions);
  }

  /** The platform there, of which nothing is known yet. */
  public static World at(PlatformAddress address) {
    return new World(address, new Memory(address), Manner.USUAL);
  }

  /** The same, with somebody who hears everything that is done by those who come from it. */
  public World heardBy(Listener listener) {
    return new World(address, memory, manner.heardBy(listener));
  }

  /**
   * The same for a time of faults: those who come from it send again what was not answered well,
   * and wait longer.
   */
  public World repeating() {
    return new World(address, memory, manner.repeating());
  }

  /** A new person who has signed up, followed the link in the mail and logged in. */
  public Person somebody(String name) {
    return somebody(name, "correct horse " + UUID.randomUUID());
  }

  /** The same with this password. */
  public Person somebody(String name, String password) {
    String email =
        "%s.%s@example.com"
            .formatted(name.toLowerCase(Locale.ROOT).replace(' ', '.'), memory.unique());
    return Person.signsUp(this, name, email, password);
  }

  /** A new organization with its owner. */
  public Organization anOrganization() {
    return somebody("Olga Owner").founds("Institute " + memory.unique());
  }

  /** One of the platform's own people. */
  public Person finance() {
    return staff("finance");
  }

  /** The second of the platform's finance people, who decides what the first has proposed. */
  public Person controller() {
    return staff("controller");
  }

  /** One of the platform's own people. */
  public Person admin() {
    return staff("admin");
  }

  /** One of the platform's own people. */
  public Person support() {
    return staff("support");
  }

  private Person staff(String role) {
    return memory.staff.computeIfAbsent(
        role + "@cpd.local", email -> Person.ofStaff(this, role, email, address.staffPassword()));
  }

  /** Business time. */
  public Instant now() {
    return address.now();
  }

  /** Moves everybody's business time. */
  public void passes(Duration time) {
    address.advanceClock(time);
    memory.passes(time);
  }

  /**
   * Moves everybody's business time in one leap: what falls due meanwhile is done after it, in any
   * order, as when services were away for so long. Weeks take no longer than minutes.
   */
  public void leaps(Duration time) {
    address.leapClock(time);
    memory.passes(time);
  }

  /** How much business time was let pass here so far. */
  Duration passed() {
    return memory.passed();
  }

  /** Waits for something as long as people do here; throws when it does not come true. */
  public void await(String what, BooleanSupplier condition) {
    await(what, manner.patience(), condition);
  }

  /** The same with another patience. */
  public void await(String what, Wait patience, BooleanSupplier condition) {
    manner.await(
        what, patience, () -> condition.getAsBoolean() ? Optional.of(true) : Optional.empty());
  }

  /** Waits until there is something; throws when it does not come. */
  public <T> T awaitThere(String what, Supplier<Optional<T>> look) {
    return manner.await(what, manner.patience(), look);
  }

  /** Where it is. */
  public PlatformAddress address() {
    return address;
  }

  /** The gateway, as nobody in particular. */
  public Api api() {
    return api;
  }

  /** The stand-in for Stripe. */
  public Sandbox stripe() {
    return stripe;
  }

  /** Where all mails end up. */
  public Mailbox mailbox() {
    return mailbox;
  }

  /** Looks past the API. */
  public Databases databases() {
    return memory.databases;
  }

  /** What services have told each other. */
  public Topics topics() {
    return new Topics(address.kafkaBootstrapServers());
  }

  /** What they have not heard yet. */
  public ConsumerLag consumerLag() {
    return memory.consumerLag;
  }

  /** What must be true. */
  public Invariants invariants() {
    return invariants;
  }

  /** Somebody was told that this exists: it must, ever after. */
  void acknowledge(Registration registration) {
    memory.registrations.add(registration);
    memory.acknowledged.add(registration.id());
  }

  /** The same of registrations of which only the ids were kept. */
  public void acknowledge(Collection<UUID> registrationIds) {
    memory.acknowledged.addAll(registrationIds);
  }

  /** Somebody founded it. */
  void acknowledge(Organization organization) {
    memory.organizations.add(organization);
  }

  /** The ids of all registrations that somebody was told of. */
  public Set<UUID> acknowledged() {
    return Set.copyOf(memory.acknowledged);
  }

  /** Those of them that were kept whole. */
  public List<Registration> registrations() {
    return List.copyOf(memory.registrations);
  }

  /** All organizations that somebody was told of. */
  public List<Organization> organizations() {
    return List.copyOf(memory.organizations);
  }

  /** Nobody may ever find this anywhere. */
  public void keepSecret(String secret) {
    memory.secrets.add(secret);
  }

  /** What nobody may ever find. */
  public List<String> secrets() {
    return List.copyOf(memory.secrets);
  }

  /** Ends the looks past the API. */
  @Override
  public void close() {
    memory.databases.close();
    memory.consumerLag.close();
  }
}
