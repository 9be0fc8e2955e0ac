package io.cpdevents.payout.payouts;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;

/** What an alert looks at: payouts that wait for money which should lie on an account. */
@Component
class PayoutMetrics {

  PayoutMetrics(Payouts payouts, MeterRegistry metrics) {
    Gauge.builder("cpd.payouts.short", payouts, Payouts::countShort)
        .description("Payouts whose organization has less on its account than we have left there")
        .register(metrics);
  }
}
