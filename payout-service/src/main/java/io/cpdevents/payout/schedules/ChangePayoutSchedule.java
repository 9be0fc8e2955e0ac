package io.cpdevents.payout.schedules;

import io.cpdevents.contracts.ContractsJson;
import io.cpdevents.payout.organizations.OrganizationQueries;
import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.audit.AuditTrail.Change;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.PlatformRole;
import io.cpdevents.platform.web.IfMatch;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The owner of an organization decides when it is paid by itself, and may have money released
 * later; platform finance may also have it released earlier.
 */
@Component
public class ChangePayoutSchedule {

  /**
   * What is changed.
   *
   * @param terms valid ones
   * @param seen the version that the caller has seen
   */
  public record Command(UUID organizationId, ScheduleTerms terms, IfMatch seen) {}

  private final PayoutSchedules schedules;
  private final ScheduleQueries queries;
  private final OrganizationQueries organizations;
  private final AuditTrail audit;
  private final Clock clock;

  ChangePayoutSchedule(
      PayoutSchedules schedules,
      ScheduleQueries queries,
      OrganizationQueries organizations,
      AuditTrail audit,
      Clock clock) {
    this.schedules = schedules;
    this.queries = queries;
    this.organizations = organizations;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * Changes it.
   *
   * @throws RuleViolation {@code organization-not-found}, {@code role-missing}, {@code
   *     changed-meanwhile} or {@code release-days-too-short}
   */
  @Transactional
  public ScheduleView handle(Command command, Caller caller) {
    UUID organizationId = command.organizationId();
    ScheduleTerms terms = command.terms();
    boolean platform = caller.has(PlatformRole.PLATFORM_FINANCE);
    if (platform) {
      organizations.requireKnown(organizationId);
    } else {
      caller.requireRole(organizationId);
    }
    PayoutSchedule before = schedules.lock(queries.byDefault(organizationId));
    command.seen().require(before.version());
    Instant now = clock.instant();
    PayoutSchedule after =
        platform ? before.changedByPlatform(terms, now) : before.changedByOrganization(terms, now);
    schedules.save(after);
    audit.record(
        "payout-schedule.changed",
        "organization",
        organizationId.toString(),
        organizationId,
        new Change(values(before), values(after)));
    return ScheduleView.of(after);
  }

  private static Map<String, String> values(PayoutSchedule schedule) {
    return Map.of(
        "interval", ContractsJson.kebabCase(schedule.interval()),
        "releaseDaysAfterEvent", Integer.toString(schedule.releaseDays()),
        "minReleaseDaysAfterEvent", Integer.toString(schedule.minReleaseDays()));
  }
}
