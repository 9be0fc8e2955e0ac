package io.cpdevents.billing.payouts.messaging;

import io.cpdevents.billing.ledger.BookPayout;
import io.cpdevents.billing.ledger.BookTransfer;
import io.cpdevents.billing.payouts.ReservePayout;
import io.cpdevents.billing.reconciliation.KnowConnectedAccount;
import io.cpdevents.billing.stripe.StripeBalanceTransaction;
import io.cpdevents.contracts.Topic;
import io.cpdevents.contracts.payout.PayoutEvent;
import io.cpdevents.contracts.payout.PayoutEvent.LeftMoneySettled;
import io.cpdevents.contracts.payout.PayoutEvent.PayoutCancelled;
import io.cpdevents.contracts.payout.PayoutEvent.PayoutFailed;
import io.cpdevents.contracts.payout.PayoutEvent.PayoutPaid;
import io.cpdevents.contracts.payout.PayoutEvent.PayoutRequested;
import io.cpdevents.contracts.payout.PayoutEvent.PayoutSent;
import io.cpdevents.contracts.payout.PayoutEvent.PayoutTransferReversed;
import io.cpdevents.contracts.payout.PayoutEvent.PayoutTransferred;
import io.cpdevents.platform.messaging.Inbox;
import io.cpdevents.platform.money.Money;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Follows the payouts that payout-service makes. */
@Component
class PayoutEventsListener {

  private static final String TRANSFER = "transfer";
  private static final String TRANSFER_REFUND = "transfer_refund";

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
        knowAccount(transferred, transferred.stripeAccountId());
      }
      case PayoutSent sent -> {
        bookPayout.handle(
            new BookPayout.Sent(
                sent.payoutId(), sent.organizationId(), amount, sent.balanceTransactionId()));
        knowAccount(sent, sent.stripeAccountId());
      }
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
      case PayoutTransferReversed reversed -> bookTransfer.handle(command(reversed));
      case LeftMoneySettled settled -> {
        bookPayout.handle(
            new BookPayout.LeftMoney(
                settled.payoutId(),
                settled.organizationId(),
                Money.from(settled.settled()),
                settled.settlementId(),
                settled.bearer()));
        knowAccount(settled, settled.stripeAccountId());
      }
    }
  }

  private void knowAccount(PayoutEvent told, @Nullable String stripeAccountId) {
    if (stripeAccountId != null) {
      knowConnectedAccount.handle(
          new KnowConnectedAccount.Command(
              stripeAccountId, told.organizationId(), told.payoutId()));
    }
  }

  private static BookTransfer.Command command(PayoutTransferred told) {
    return command(
        told,
        TRANSFER,
        told.transferId(),
        told.balanceTransactionId(),
        told.transferredAt(),
        Money.from(told.transferred()));
  }

  /** A reversal is a transfer of less than nothing. */
  private static BookTransfer.Command command(PayoutTransferReversed told) {
    return command(
        told,
        TRANSFER_REFUND,
        told.reversalId(),
        told.balanceTransactionId(),
        told.reversedAt(),
        Money.from(told.reversed()).negate());
  }

  private static BookTransfer.Command command(
      PayoutEvent told,
      String type,
      String stripeId,
      String balanceTransactionId,
      Instant at,
      Money transferred) {
    long netMinor = Math.negateExact(transferred.amountMinor());
    return new BookTransfer.Command(
        new StripeBalanceTransaction(
            balanceTransactionId,
            type,
            stripeId,
            transferred.currency().getCurrencyCode(),
            netMinor,
            0,
            netMinor,
            at),
        told.payoutId(),
        told.organizationId(),
        transferred);
  }
}
