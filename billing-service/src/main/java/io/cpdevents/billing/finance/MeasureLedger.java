package io.cpdevents.billing.finance;

import io.cpdevents.platform.time.SystemTime;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * What must be zero in the ledger is measured; an alert fires when something is not. One instance
 * measures at a time: the others say nothing, instead of what they have measured long ago.
 */
@Component
public class MeasureLedger {

  private static final Logger log = LoggerFactory.getLogger(MeasureLedger.class);

  /**
   * A little more than the interval of the measurement: soon after another instance has taken over,
   * only that one tells.
   */
  private static final Duration MAX_AGE = Duration.ofMinutes(5);

  private record Measurement(LedgerInvariants found, Instant at) {}

  private final SumLedger sumLedger;
  private final LedgerInvariantQueries queries;
  private final MeterRegistry metrics;
  private final Clock clock;
  private final SystemTime systemTime;
  private volatile Measurement latest = new Measurement(LedgerInvariants.NOT_MEASURED, Instant.MIN);

  MeasureLedger(
      SumLedger sumLedger,
      LedgerInvariantQueries queries,
      MeterRegistry metrics,
      Clock clock,
      SystemTime systemTime) {
    this.sumLedger = sumLedger;
    this.queries = queries;
    this.metrics = metrics;
    this.clock = clock;
    this.systemTime = systemTime;
    gauge("cpd.ledger.breaks.open", "Breaks that wait for a person", LedgerInvariants::openBreaks);
    gauge(
        "cpd.ledger.breaks.overdue",
        "Breaks about which somebody should have done something by now",
        LedgerInvariants::overdueBreaks);
    gauge(
        "cpd.ledger.unbalanced",
        "Currencies whose postings do not sum to zero",
        LedgerInvariants::unbalanced);
    gauge(
        "cpd.ledger.drifted",
        "Guarded balances that differ from the sum of their postings",
        LedgerInvariants::drifted);
    gauge(
        "cpd.ledger.over-refunded",
        "Payments of which more goes back than was captured",
        LedgerInvariants::overRefunded);
    gauge(
        "cpd.ledger.unmatched",
        "Balance transactions of Stripe without exactly one journal of their amount",
        LedgerInvariants::unmatched);
    gauge(
        "cpd.ledger.unsettled",
        "Charges and refunds of more than a day ago that Stripe has not booked",
        LedgerInvariants::unsettled);
    gauge(
        "cpd.ledger.differing",
        "Currencies in which Stripe's balance is not that of the ledger",
        LedgerInvariants::differing);
    gauge(
        "cpd.ledger.over-transferred",
        "Organizations to which more was transferred than was ever earned for them",
        LedgerInvariants::overTransferred);
    gauge(
        "cpd.ledger.not-asked-about",
        "Currencies in which money stands in suspense and no open break asks whose it is",
        LedgerInvariants::notAskedAbout);
  }

  /** Measures. */
  public void handle() {
    sumLedger.handle();
    Instant now = clock.instant();
    LedgerInvariants measured = queries.measured(now, systemTime.now());
    latest = new Measurement(measured, now);
    if (measured.areBroken()) {
      log.error("The ledger is wrong: {}", measured);
    }
  }

  private void gauge(String name, String description, ToLongFunction<LedgerInvariants> figure) {
    Gauge.builder(name, () -> current(figure)).description(description).register(metrics);
  }

  /** Null, which is shown as nothing, when it was not measured lately. */
  private @Nullable Long current(ToLongFunction<LedgerInvariants> figure) {
    Measurement measurement = latest;
    boolean isOld = measurement.at().isBefore(clock.instant().minus(MAX_AGE));
    return isOld ? null : Long.valueOf(figure.applyAsLong(measurement.found()));
  }
}
