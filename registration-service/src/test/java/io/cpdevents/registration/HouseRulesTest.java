package io.cpdevents.registration;

import io.cpdevents.platform.test.HouseDocs;
import io.cpdevents.platform.test.HouseRules;
import io.cpdevents.registration.disputes.DisputeStatus;
import io.cpdevents.registration.events.EventStatus;
import io.cpdevents.registration.registrations.RefundRequestStatus;
import io.cpdevents.registration.registrations.RegistrationStatus;
import io.cpdevents.registration.registrations.TicketStatus;
import io.cpdevents.registration.waitlist.WaitlistStatus;
import org.junit.jupiter.api.Test;

class HouseRulesTest {

  private static final String AT_THE_DOOR =
      "every scan is kept with its time and who made it, and can only be undone, which is in the"
          + " log; the chain of the log, which is one for all, would slow down every door";

  @Test
  void the_service_keeps_the_rules_of_the_house() {
    HouseRules.in("io.cpdevents.registration")
        .except("audit", "QuoteTickets", "answers a price and changes nothing")
        .except("audit", "PreviewCancellation", "answers what would happen and changes nothing")
        .except(
            "audit",
            "PlaceRegistration",
            "the registration's own history says who took its places and when; the chain of the"
                + " audit log, which is one for all, would slow down every crowd")
        .except("audit", "CheckInTicket", AT_THE_DOOR)
        .except("audit", "SettleScans", AT_THE_DOOR)
        .check();
  }

  @Test
  void the_diagram_of_an_event_is_its_transition_table() {
    HouseDocs.assertDiagram("event", EventStatus.TRANSITIONS.toMermaid());
  }

  @Test
  void the_diagram_of_a_registration_is_its_transition_table() {
    HouseDocs.assertDiagram("registration", RegistrationStatus.TRANSITIONS.toMermaid());
  }

  @Test
  void the_diagram_of_a_refund_request_is_its_transition_table() {
    HouseDocs.assertDiagram("refund-request", RefundRequestStatus.TRANSITIONS.toMermaid());
  }

  @Test
  void the_diagram_of_a_dispute_as_tickets_see_it_is_its_transition_table() {
    HouseDocs.assertDiagram("ticket-dispute", DisputeStatus.TRANSITIONS.toMermaid());
  }

  @Test
  void the_diagram_of_a_waitlist_entry_is_its_transition_table() {
    HouseDocs.assertDiagram("waitlist-entry", WaitlistStatus.TRANSITIONS.toMermaid());
  }

  @Test
  void the_diagram_of_a_ticket_is_its_transition_table() {
    HouseDocs.assertDiagram("ticket", TicketStatus.TRANSITIONS.toMermaid());
  }
}
