package io.cpdevents.registration.registrations.web;

import io.cpdevents.platform.error.FieldProblem;
import io.cpdevents.platform.security.InternalEndpoint;
import io.cpdevents.registration.registrations.AttendeeQueries;
import io.cpdevents.registration.registrations.AttendeeQueries.TicketAttendee;
import java.util.List;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Tells accounts-service who is to be at a meeting at Zoom: no event may carry names. */
@RestController
class AttendeeController {

  private static final int MAX_REGISTRATIONS_PER_REQUEST = 50;

  private final AttendeeQueries attendees;

  AttendeeController(AttendeeQueries attendees) {
    this.attendees = attendees;
  }

  /** Those with a valid ticket of these registrations now, as far as they are confirmed. */
  @InternalEndpoint
  @GetMapping("/internal/attendees")
  List<TicketAttendee> attendees(@RequestParam List<UUID> registrationId) {
    if (registrationId.size() > MAX_REGISTRATIONS_PER_REQUEST) {
      throw FieldProblem.WRONG_LENGTH.on("registrationId");
    }
    return attendees.of(registrationId);
  }
}
