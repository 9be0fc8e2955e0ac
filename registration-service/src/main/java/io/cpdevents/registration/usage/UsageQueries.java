package io.cpdevents.registration.usage;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
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
   * they have now, as we have heard of them; those of which we have not heard are left out.
   */
  @Transactional(readOnly = true)
  public List<BeyondPlan> beyondPlan(List<UUID> organizationIds) {
    if (organizationIds.isEmpty()) {
      return List.of();
    }
    // The versions first: what is heard of in between makes the list newer than it says.
    Map<UUID, Long> versions = usage.versions(organizationIds);
    Map<UUID, List<EventBeyondPlan>> events =
        usage.beyondPlan(organizationIds, UsagePeriod.of(clock.instant())).stream()
            .collect(Collectors.groupingBy(EventBeyondPlan::organizationId));
    return versions.entrySet().stream()
        .map(known ->
            new BeyondPlan(
                known.getKey(), known.getValue(), events.getOrDefault(known.getKey(), List.of())))
        .toList();
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
