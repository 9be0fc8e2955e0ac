package io.cpdevents.notification.registrations;

import io.cpdevents.notification.writing.Wording;

/**
 * A ticket that opens the door, as mails show it.
 *
 * @param picture where the mail's HTML finds the code for scanners
 */
record ValidTicket(String type, String attendee, String code, String picture) {

  static ValidTicket of(TicketCode code, Wording wording) {
    return new ValidTicket(
        wording.line(code.ticket().ticketTypeName()),
        wording.line(code.ticket().attendeeName()),
        code.code(),
        code.pictureLink());
  }

  @Override
  public String toString() {
    return "ValidTicket[…]";
  }
}
