package io.cpdevents.billing.finance;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** What must be zero in the ledger is measured; an alert fires when something is not. */
@Component
public class MeasureLedger {

  private static final Logger log = LoggerFactory.getLogger(MeasureLedger.class);

  private final LedgerInvariantQueries queries;
  private volatile LedgerInvariants latest = LedgerInvariants.NOT_MEASURED;

  MeasureLedger(LedgerInvariantQueries queries, MeterRegistry metrics) {
    this.queries = queries;
    Gauge.builder("cpd.ledger.breaks.open", () -> latest.openBreaks())
        .description("Breaks that wait for a person")
        .register(metrics);
    Gauge.builder("cpd.ledger.unbalanced", () -> latest.unbalanced())
        .description("Currencies whose postings do not sum to zero")
        .register(metrics);
    Gauge.builder("cpd.ledger.drifted", () -> latest.drifted())
        .description("Guarded balances that differ from the sum of their postings")
        .register(metrics);
    Gauge.builder("cpd.ledger.over-refunded", () -> latest.overRefunded())
        .description("Payments of which more goes back than was captured")
        .register(metrics);
  }

  /** Measures. */
  public void handle() {
    LedgerInvariants measured = queries.measured();
    latest = measured;
    if (measured.areBroken()) {
      log.error("The ledger is wrong: {}", measured);
    }
  }
}
