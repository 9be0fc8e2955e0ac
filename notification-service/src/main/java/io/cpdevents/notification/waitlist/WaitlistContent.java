package io.cpdevents.notification.waitlist;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.cpdevents.notification.writing.Wording;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The content of mails about somebody who waits, from registration-service.
 *
 * @param offered whether places are held for it now
 * @param position among those who wait; null when it does not wait
 * @param moveReason what the organizer typed who moved it last; null when nobody has
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record WaitlistContent(
    UUID entryId,
    boolean offered,
    String eventTitle,
    Instant startsAt,
    Instant endsAt,
    String timeZone,
    @Nullable Integer position,
    @Nullable String moveReason,
    List<Tickets> tickets) {

  /** So many tickets of a type. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Tickets(String ticketTypeName, int quantity) {}

  /** The same as it is shown. */
  record ShownTickets(String type, int quantity) {}

  List<ShownTickets> shownTickets(Wording wording) {
    return tickets.stream()
        .map(each -> new ShownTickets(wording.line(each.ticketTypeName()), each.quantity()))
        .toList();
  }

  String when(Wording wording) {
    return wording.period(startsAt, endsAt, ZoneId.of(timeZone));
  }
}
