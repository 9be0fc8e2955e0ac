package io.cpdevents.billing.subscriptions;

import io.cpdevents.billing.invoices.InvoiceQueries;
import io.cpdevents.billing.invoices.SettleInvoice;
import io.cpdevents.billing.settlements.SettleUnknown;
import io.cpdevents.billing.settlements.SettlementKind;
import io.cpdevents.billing.settlements.StripeLookup;
import io.cpdevents.billing.settlements.TrySettleUnknown;
import io.cpdevents.billing.stripe.StripeInvoices;
import io.cpdevents.platform.jobs.BackOff;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Has Stripe begin trials that were requested and not begun, and asks it about those that should
 * have ended or been paid, about months that are not paid, and about those that should be over, so
 * that none waits forever for an answer or a webhook that was lost.
 */
@Component
public class AskAboutSubscriptions implements StripeLookup {

  static final BackOff INTERVALS = new BackOff(Duration.ofSeconds(45), Duration.ofHours(6));
  private static final int MAX_BATCH_ROWS = 20;

  private final Subscriptions subscriptions;
  private final BeginTrial beginTrial;
  private final SettleSubscription settleSubscription;
  private final EndPlan endPlan;
  private final StripeInvoices invoices;
  private final InvoiceQueries invoiceQueries;
  private final SettleInvoice settleInvoice;
  private final TrySettleUnknown trySettleUnknown;
  private final Clock clock;

  AskAboutSubscriptions(
      Subscriptions subscriptions,
      BeginTrial beginTrial,
      SettleSubscription settleSubscription,
      EndPlan endPlan,
      StripeInvoices invoices,
      InvoiceQueries invoiceQueries,
      SettleInvoice settleInvoice,
      TrySettleUnknown trySettleUnknown,
      Clock clock) {
    this.subscriptions = subscriptions;
    this.beginTrial = beginTrial;
    this.settleSubscription = settleSubscription;
    this.endPlan = endPlan;
    this.invoices = invoices;
    this.invoiceQueries = invoiceQueries;
    this.settleInvoice = settleInvoice;
    this.trySettleUnknown = trySettleUnknown;
    this.clock = clock;
  }

  /** Asks about a batch; returns its size. */
  public int handle() {
    List<Subscriptions.Due> due = subscriptions.toCheck(clock.instant(), MAX_BATCH_ROWS);
    for (Subscriptions.Due subscription : due) {
      Instant now = clock.instant();
      subscriptions.checkAgain(
          subscription.organizationId(), now, now.plus(INTERVALS.after(subscription.checks() + 1)));
      String id = subscription.organizationId().toString();
      trySettleUnknown.handle(new SettleUnknown.Command(kind(), id, () -> ask(id)));
    }
    return due.size();
  }

  /** The subscription does not say that Stripe has given a month up: its invoice does. */
  private void settleUnpaid(UUID organizationId, String stripeId) {
    if (subscriptions.find(organizationId).orElseThrow().isInArrears()
        || invoiceQueries.hasDoubted(stripeId)) {
      invoices.openInvoicesOf(stripeId).forEach(settleInvoice::handle);
    }
  }

  @Override
  public SettlementKind kind() {
    return SettlementKind.SUBSCRIPTION;
  }

  @Override
  public void ask(String organizationId) {
    UUID id = UUID.fromString(organizationId);
    String stripeId = subscriptions.find(id).orElseThrow().stripeId();
    if (stripeId == null) {
      beginTrial.handle(id);
    } else {
      settleSubscription.handle(stripeId);
      settleUnpaid(id, stripeId);
      endPlan.handle(id);
    }
  }
}
