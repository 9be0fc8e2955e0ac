package io.cpdevents.notification.registrations;

import io.cpdevents.notification.registrations.RegistrationContent.TicketContent;
import io.cpdevents.notification.smtp.Attachment;
import java.util.List;
import java.util.Optional;

/** What is shown at the door for a valid ticket: its code, and the same for scanners. */
record TicketCode(TicketContent ticket, String code) {

  private static final String PNG = "image/png";

  /** The ticket's; empty when the ticket is not valid. */
  static Optional<TicketCode> of(TicketContent ticket) {
    return Optional.ofNullable(ticket.code()).map(code -> new TicketCode(ticket, code));
  }

  /**
   * The picture twice: the letter's HTML shows one, the other is a file for mail programs that show
   * no pictures, and to be kept or passed on.
   */
  List<Attachment> pictures() {
    byte[] png = QrCode.png(code);
    String fileName = "ticket-%s.png".formatted(ticket.ticketId());
    return List.of(
        Attachment.shown(fileName, PNG, png, contentId()), Attachment.file(fileName, PNG, png));
  }

  /** Where the letter's HTML finds the picture (RFC 2392). */
  String pictureLink() {
    return "cid:" + contentId();
  }

  private String contentId() {
    return ticket.ticketId() + "@ticket";
  }

  @Override
  public String toString() {
    return "TicketCode[…]";
  }
}
