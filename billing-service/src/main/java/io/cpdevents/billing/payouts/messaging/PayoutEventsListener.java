package io.cpdevents.billing.payouts.messaging;

import io.cpdevents.billing.ledger.BookPayout;
import io.cpdevents.billing.ledger.BookTransfer;
import io.cpdevents.billing.payouts.ReservePayout;
import io.cpdevents.billing.reconciliation.KnowConnectedAccount;
import io.cpdevents.billing.stripe.StripeBalanceTransaction;
import io.cpdevents.contracts.Topic;
import io.cpdevents.contracts.payout.PayoutEvent;
import io.cpdevents.contracts.payout.PayoutEvent.PayoutCancelled;
import io.cpdevents.contracts.payout.PayoutEvent.PayoutFailed;
import io.cpdevents.contracts.payout.PayoutEvent.PayoutPaid;
import io.cpdevents.contracts.payout.PayoutEvent.PayoutRequested;
import io.cpdevents.contracts.payout.PayoutEvent.PayoutSent;
import io.cpdevents.contracts.payout.PayoutEvent.PayoutTransferred;
import io.cpdevents.platform.messaging.Inbox;
import io.cpdevents.platform.money.Money;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Follows the payouts that payout-service makes. */
@Component
class PayoutEventsListener {

  private static final String TRANSFER = "transfer";

  private final Inbox.Subscription<PayoutEvent> subscription;
  private final ReservePayout reservePayout;
  private final BookTransfer bookTransfer;
  private final KnowConnectedAccount knowConnectedAccount;
  private final BookPayout bookPayout;

  PayoutEventsListener(
      Inbox inbox,
      ReservePayout reservePayout,
      BookTransfer bookTransfer,
      KnowConnectedAccount knowConnectedAccount,
      BookPayout bookPayout) {
    this.reservePayout = reservePayout;
    this.bookTransfer = bookTransfer;
    this.knowConnectedAccount = knowConnectedAccount;
    this.bookPayout = bookPayout;
    this.subscription =
        inbox
            .subscribe(PayoutEvent.class, this::handle, Topic.PAYOUT_PAYOUTS)
            .inOwnTransaction(Set.of(PayoutRequested.class));
  }

  @KafkaListener(topics = Topic.Names.PAYOUT_PAYOUTS)
  void on(List<ConsumerRecord<String, byte[]>> records) {
    subscription.receive(records);
  }

  private void handle(PayoutEvent event) {
    Money amount = Money.from(event.amount());
    switch (event) {
      case PayoutRequested requested ->
          reservePayout.handle(
              new ReservePayout.Command(requested.payoutId(), requested.organizationId(), amount));
      case PayoutTransferred transferred -> {
        bookTransfer.handle(command(transferred));
        String account = transferred.stripeAccountId();
        if (account != null) {
          knowConnectedAccount.handle(
              new KnowConnectedAccount.Command(account, transferred.organizationId()));
        }
      }
      case PayoutSent sent ->
          bookPayout.handle(
              new BookPayout.Sent(
                  sent.payoutId(), sent.organizationId(), amount, sent.balanceTransactionId()));
      case PayoutPaid paid ->
          bookPayout.handle(new BookPayout.Paid(paid.payoutId(), paid.organizationId(), amount));
      case PayoutFailed failed ->
          bookPayout.handle(
              new BookPayout.Failed(
                  failed.payoutId(),
                  failed.organizationId(),
                  amount,
                  failed.afterPaid(),
                  failed.failureBalanceTransactionId()));
      case PayoutCancelled cancelled ->
          bookPayout.handle(
              new BookPayout.Cancelled(
                  cancelled.payoutId(),
                  cancelled.organizationId(),
                  amount,
                  cancelled.balanceTransactionId()));
    }
  }

  private static BookTransfer.Command command(PayoutTransferred told) {
    Money transferred = Money.from(told.transferred());
    long netMinor = Math.negateExact(transferred.amountMinor());
    return new BookTransfer.Command(
        new StripeBalanceTransaction(
            told.balanceTransactionId(),
            TRANSFER,
            told.transferId(),
            transferred.currency().getCurrencyCode(),
            netMinor,
            0,
            netMinor,
            told.transferredAt()),
        told.payoutId(),
        told.organizationId(),
        transferred);
  }
}
