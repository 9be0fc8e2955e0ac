package io.cpdevents.billing.reconciliation;

import io.cpdevents.platform.stripe.StripeUnavailable;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Days close by themselves, in order, as soon as they can. */
@Component
public class CloseDays {

  private static final Logger log = LoggerFactory.getLogger(CloseDays.class);

  private final OneReconciliation one;
  private final CompareStripeBalance compareStripeBalance;
  private final MatchJournals matchJournals;
  private final CloseDay closeDay;
  private final Days days;
  private final Clock clock;

  CloseDays(
      OneReconciliation one,
      CompareStripeBalance compareStripeBalance,
      MatchJournals matchJournals,
      CloseDay closeDay,
      Days days,
      Clock clock,
      MeterRegistry metrics) {
    this.one = one;
    this.compareStripeBalance = compareStripeBalance;
    this.matchJournals = matchJournals;
    this.closeDay = closeDay;
    this.days = days;
    this.clock = clock;
    Gauge.builder("cpd.reconciliation.open.days", this, CloseDays::daysOverAndOpen)
        .description("Days that are over and not closed")
        .register(metrics);
  }

  /**
   * Compares, and closes every day that can be closed; nothing while somebody else reconciles, for
   * it comes again soon.
   */
  public void handle() {
    one.alone(this::close);
  }

  private void close() {
    try {
      compareStripeBalance.ask();
    } catch (StripeUnavailable unavailable) {
      log.warn("Stripe cannot be asked for its balance now: {}", unavailable.getMessage());
    }
    compareStripeBalance.handle();
    matchJournals.handle();
    LocalDate today = Day.of(clock.instant());
    int closed = 0;
    while (closeDay.handle(today)) {
      closed++;
    }
    if (closed > 0) {
      log.info("{} days are closed", closed);
    }
  }

  private long daysOverAndOpen() {
    LocalDate today = Day.of(clock.instant());
    return days.firstOpen()
        .map(first -> Math.max(0, ChronoUnit.DAYS.between(first, today)))
        .orElse(0L);
  }
}
