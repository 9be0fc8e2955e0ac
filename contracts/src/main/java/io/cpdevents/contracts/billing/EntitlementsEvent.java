package io.cpdevents.contracts.billing;

import io.cpdevents.contracts.Event;
import io.cpdevents.contracts.MoneyAmount;
import io.cpdevents.contracts.Topic;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What an organization may do by its plan. Compacted: the latest record is the whole truth. */
public sealed interface EntitlementsEvent extends Event {

  UUID organizationId();

  @Override
  default Topic topic() {
    return Topic.BILLING_ENTITLEMENTS;
  }

  @Override
  default String key() {
    return organizationId().toString();
  }

  /** The time over which use is counted. */
  enum UsagePeriod {
    /** From the first of a month to the first of the next, in UTC. */
    CALENDAR_MONTH
  }

  /**
   * What may be used within a period.
   *
   * @param publications events that may be published; null for no limit
   * @param registrations confirmed registrations, beyond which nothing more may be published; null
   *     for no limit
   */
  record Limits(@Nullable Integer publications, @Nullable Integer registrations) {}

  /**
   * What the platform keeps of a payment.
   *
   * @param basisPoints the share of the total
   * @param perTicket the amount for each paid ticket, in each currency
   */
  record FeeTerms(int basisPoints, List<MoneyAmount> perTicket) {}

  /**
   * What the organization may do from now on.
   *
   * @param version rises by one with each change; older versions are ignored
   * @param planId {@code free}, {@code starter} or {@code professional}
   * @param graceEndsAt until when the plan stays although it is not paid; null outside of grace
   */
  record EntitlementsChanged(
      UUID organizationId,
      long version,
      String planId,
      Limits limits,
      UsagePeriod usagePeriod,
      FeeTerms feeRule,
      @Nullable Instant graceEndsAt,
      Instant changedAt)
      implements EntitlementsEvent {}
}
