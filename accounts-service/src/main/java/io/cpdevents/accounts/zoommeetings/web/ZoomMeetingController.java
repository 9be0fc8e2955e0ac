package io.cpdevents.accounts.zoommeetings.web;

import io.cpdevents.accounts.AccountsProblem;
import io.cpdevents.accounts.Refuses;
import io.cpdevents.accounts.organizations.Memberships;
import io.cpdevents.accounts.zoommeetings.ZoomAttendanceQueries;
import io.cpdevents.accounts.zoommeetings.ZoomAttendanceQueries.ZoomAttendanceView;
import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.OrganizationEndpoint;
import io.cpdevents.platform.security.OrganizationRole;
import io.cpdevents.platform.web.Page;
import io.cpdevents.platform.web.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Meetings at Zoom over HTTP. */
@Tag(name = "Zoom")
@RestController
@RequestMapping("/api/v1/organizations/{organizationId}/zoom/events/{eventId}")
class ZoomMeetingController {

  private final ZoomAttendanceQueries attendances;
  private final Memberships memberships;

  ZoomMeetingController(ZoomAttendanceQueries attendances, Memberships memberships) {
    this.attendances = attendances;
    this.memberships = memberships;
  }

  @Operation(
      summary = "Who attended an event at Zoom (members)",
      description =
          "One for each address with a ticket, from about two hours after the end; empty until"
              + " then, and for an event without a meeting.")
  @Refuses(AccountsProblem.MEETING_NOT_FOUND)
  @GetMapping("/attendance")
  @OrganizationEndpoint({OrganizationRole.ADMIN, OrganizationRole.FINANCE, OrganizationRole.STAFF})
  Page<ZoomAttendanceView> listZoomAttendance(
      @PathVariable UUID organizationId,
      @PathVariable UUID eventId,
      Caller caller,
      PageRequest page) {
    memberships.requireRole(
        caller,
        organizationId,
        CommonProblem.ORGANIZATION_NOT_FOUND,
        OrganizationRole.ADMIN,
        OrganizationRole.FINANCE,
        OrganizationRole.STAFF);
    return attendances.of(organizationId, eventId, page);
  }
}
