package io.cpdevents.registration.checkin;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a scanner needs to let people in while it is offline.
 *
 * @param opensAt from when on tickets let people in
 * @param closesAt until when
 * @param tickets those that let somebody in as things are
 */
public record CheckInList(
    UUID eventId, Instant opensAt, Instant closesAt, List<ListedTicket> tickets) {

  /**
   * A ticket.
   *
   * @param codeSha256 the SHA-256 of its code in capitals, in hexadecimal: a scanner knows a code
   *     that it reads, and whoever has the scanner cannot make one
   * @param checkedInAt when somebody came with it; null when nobody has
   * @param inside whether somebody is inside with it
   */
  public record ListedTicket(
      UUID ticketId,
      String codeSha256,
      String attendeeName,
      String ticketTypeName,
      @Nullable Instant checkedInAt,
      boolean inside) {}
}
