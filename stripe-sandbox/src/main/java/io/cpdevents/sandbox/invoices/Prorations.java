package io.cpdevents.sandbox.invoices;

import io.cpdevents.sandbox.objects.StripeObject;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Computes what a change within a period costs, by the second: the rest of what was invoiced is
 * given back, the rest of the period is charged at the new price, and each is rounded by itself.
 */
@Component
public class Prorations {
  private final InvoiceLines lines;

  Prorations(InvoiceLines lines) {
    this.lines = lines;
  }

  /**
   * The lines of a change; none for a trial, which costs nothing.
   *
   * @param changed the subscription's item after the change
   * @param date the second of the change, in the current period
   */
  public List<ObjectNode> of(StripeObject subscription, JsonNode changed, long date) {
    List<ObjectNode> prorated = new ArrayList<>();
    if (subscription.is("status", "trialing")) {
      return prorated;
    }
    Billed billed = Billed.of(subscription);
    if (billed != null && date < billed.end()) {
      prorated.add(lines.credit(subscription, changed, billed, Math.max(date, billed.start())));
    }
    prorated.add(lines.debit(subscription, changed, date));
    return prorated;
  }

  /** The line of the first month after a trial that is ended. */
  public ObjectNode firstMonth(StripeObject subscription, JsonNode changed) {
    return lines.period(
        subscription,
        changed,
        changed.path("current_period_start").longValue(),
        changed.path("current_period_end").longValue());
  }

  /** Remembers what these lines charge for the changed item, in its subscription or invoice. */
  public void remember(StripeObject holder, List<ObjectNode> prorated, JsonNode changed) {
    Billed.by(prorated.getLast(), changed.get("price")).storeIn(holder);
  }

  /** Takes over what was remembered in an invoice until it was paid. */
  public void takeOver(StripeObject subscription, StripeObject invoice) {
    Billed billed = Billed.of(invoice);
    if (billed != null) {
      billed.storeIn(subscription);
    }
  }

  /** A part of an amount by time, rounded to the nearest minor unit, half up. */
  static long share(long amountMinor, long seconds, long wholeSeconds) {
    return BigDecimal.valueOf(amountMinor)
        .multiply(BigDecimal.valueOf(seconds))
        .divide(BigDecimal.valueOf(wholeSeconds), 0, RoundingMode.HALF_UP)
        .longValueExact();
  }
}
