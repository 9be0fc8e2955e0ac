package io.cpdevents.payout.schedules.web;

import io.cpdevents.payout.PayoutProblem;
import io.cpdevents.payout.Refuses;
import io.cpdevents.payout.schedules.ChangePayoutSchedule;
import io.cpdevents.payout.schedules.ScheduleQueries;
import io.cpdevents.payout.schedules.ScheduleTerms;
import io.cpdevents.payout.schedules.ScheduleView;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.OrganizationEndpoint;
import io.cpdevents.platform.security.OrganizationRole;
import io.cpdevents.platform.security.PlatformRole;
import io.cpdevents.platform.security.StepUp;
import io.cpdevents.platform.web.IfMatch;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Payout schedules over HTTP. */
@Tag(name = "Payouts")
@RestController
@RequestMapping("/api/v1/organizations/{organizationId}/payout-schedule")
class ScheduleController {

  private final ChangePayoutSchedule changePayoutSchedule;
  private final ScheduleQueries queries;

  ScheduleController(ChangePayoutSchedule changePayoutSchedule, ScheduleQueries queries) {
    this.changePayoutSchedule = changePayoutSchedule;
    this.queries = queries;
  }

  /** Owner, finance and platform finance may know. */
  @Operation(summary = "When an organization is paid by itself, and when money is released")
  @GetMapping
  @OrganizationEndpoint(value = OrganizationRole.FINANCE, platform = PlatformRole.PLATFORM_FINANCE)
  ScheduleView getPayoutSchedule(Caller caller, @PathVariable UUID organizationId) {
    if (!caller.has(PlatformRole.PLATFORM_FINANCE)) {
      caller.requireRole(organizationId, OrganizationRole.FINANCE);
    }
    return queries.scheduleOf(organizationId);
  }

  /** The owner decides; platform finance may also have money released earlier. */
  @Operation(summary = "Decide when an organization is paid by itself, and when money is released")
  @Refuses(PayoutProblem.RELEASE_DAYS_TOO_SHORT)
  @StepUp
  @PutMapping
  @OrganizationEndpoint(
      value = {},
      platform = PlatformRole.PLATFORM_FINANCE)
  ScheduleView changePayoutSchedule(
      Caller caller,
      @PathVariable UUID organizationId,
      @RequestBody @Valid ScheduleTerms terms,
      IfMatch seen) {
    return changePayoutSchedule.handle(
        new ChangePayoutSchedule.Command(organizationId, terms, seen), caller);
  }
}
