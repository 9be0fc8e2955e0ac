package io.cpdevents.driver;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Every mail that ever arrived, by the id that notification-service gave it. Each look reads only
 * what has come since the last.
 */
public final class Arrivals {

  /**
   * One mail.
   *
   * @param reference of the registration that it is about; empty when it is about none
   * @param copies how often it came
   */
  public record Arrival(String to, String reference, int copies) {

    private Arrival once() {
      return new Arrival(to, reference, copies + 1);
    }
  }

  private static final Pattern MESSAGE_ID = Pattern.compile("<([0-9a-f-]{36})@[^>]+>");
  private static final Pattern REFERENCE = Pattern.compile("Reference: (\\S+)");

  private final Map<UUID, Arrival> arrivals = new HashMap<>();
  private long lastRead;

  synchronized Map<UUID, Arrival> readOn(Mailbox mailbox) {
    List<Mail> more = mailbox.after(lastRead);
    while (!more.isEmpty()) {
      more.forEach(this::add);
      lastRead = more.getLast().id();
      more = mailbox.after(lastRead);
    }
    return Collections.unmodifiableMap(arrivals);
  }

  private void add(Mail mail) {
    Matcher id = MESSAGE_ID.matcher(mail.messageId());
    if (id.matches()) {
      Matcher reference = REFERENCE.matcher(mail.text());
      // Thousands of mails go to a few people under load.
      Arrival first =
          new Arrival(mail.to().intern(), reference.find() ? reference.group(1) : "", 1);
      arrivals.merge(UUID.fromString(id.group(1)), first, (known, _) -> known.once());
    }
  }
}
