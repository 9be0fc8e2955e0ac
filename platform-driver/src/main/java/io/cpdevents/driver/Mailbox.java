package io.cpdevents.driver;

import io.cpdevents.driver.http.Api;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Where all mails end up. */
public final class Mailbox {

  private static final int PAGE = 100;

  private final World world;
  private final Api api;
  private final Arrivals arrivals = new Arrivals();

  Mailbox(World world, Api api) {
    this.world = world;
    this.api = api;
  }

  /** The mails to this address that begin and contain so, the newest first. */
  public List<Mail> find(String address, String subjectBeginsWith, String textContains) {
    return list("limit=1000&to=" + URLEncoder.encode(address, StandardCharsets.UTF_8)).stream()
        .filter(mail -> mail.subject().startsWith(subjectBeginsWith))
        .filter(mail -> mail.text().contains(textContains))
        .toList();
  }

  /** Waits for such a mail. */
  public Mail awaitMail(String address, String subjectBeginsWith) {
    return awaitMail(address, subjectBeginsWith, "");
  }

  /** Waits for such a mail. */
  public Mail awaitMail(String address, String subjectBeginsWith, String textContains) {
    return world.awaitThere(
        "the mail '" + subjectBeginsWith + "…' to " + address,
        () -> find(address, subjectBeginsWith, textContains).stream().findFirst());
  }

  /** Every mail that ever arrived, by the id that notification-service gave it. */
  public Map<UUID, Arrivals.Arrival> arrivals() {
    return arrivals.readOn(this);
  }

  /** Some of those that arrived after this one, the oldest first; none when there are no more. */
  List<Mail> after(long id) {
    return list("limit=" + PAGE + "&after=" + id);
  }

  private List<Mail> list(String query) {
    return api.get("/api/messages?" + query)
        .expect(200)
        .json()
        .valueStream()
        .map(Mail::of)
        .toList();
  }
}
