package io.cpdevents.registration.usage;

import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The read side of usage. */
@Component
public class UsageQueries {

  private final Usage usage;
  private final Clock clock;

  UsageQueries(Usage usage, Clock clock) {
    this.usage = usage;
    this.clock = clock;
  }

  /**
   * Events of this month that these organizations have published and could not with the plans that
   * they have now, as we have heard of them.
   */
  @Transactional(readOnly = true)
  public List<EventBeyondPlan> beyondPlan(List<UUID> organizationIds) {
    return organizationIds.isEmpty()
        ? List.of()
        : usage.beyondPlan(organizationIds, UsagePeriod.of(clock.instant()));
  }

  /** What an organization has used in this period. */
  @Transactional(readOnly = true)
  public UsageView ofOrganization(UUID organizationId) {
    UsagePeriod period = UsagePeriod.of(clock.instant());
    Limits limits = usage.limits(organizationId);
    return new UsageView(
        period,
        new UsageView.Counted(usage.publications(organizationId, period), limits.publications()),
        new UsageView.Counted(usage.registrations(organizationId, period), limits.registrations()));
  }
}
