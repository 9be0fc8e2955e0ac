package io.cpdevents.payout.balances.messaging;

import io.cpdevents.contracts.Topic;
import io.cpdevents.contracts.billing.PaymentEvent;
import io.cpdevents.contracts.billing.PaymentEvent.OrganizationEntryPosted;
import io.cpdevents.contracts.billing.PaymentEvent.PaymentCancelled;
import io.cpdevents.contracts.billing.PaymentEvent.PaymentCaptured;
import io.cpdevents.contracts.billing.PaymentEvent.RefundAccepted;
import io.cpdevents.contracts.billing.PaymentEvent.RefundSucceeded;
import io.cpdevents.payout.balances.Entry;
import io.cpdevents.payout.balances.LedgerAccount;
import io.cpdevents.payout.balances.RecordEntry;
import io.cpdevents.platform.messaging.Inbox;
import io.cpdevents.platform.money.Money;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Takes the ledger facts out of what billing tells about payments. */
@Component
class PaymentEventsListener {

  private final Inbox.Subscription<PaymentEvent> subscription;
  private final RecordEntry recordEntry;

  PaymentEventsListener(Inbox inbox, RecordEntry recordEntry) {
    this.recordEntry = recordEntry;
    this.subscription =
        inbox
            .subscribe(PaymentEvent.class, this::handle, Topic.BILLING_PAYMENTS)
            .inOwnTransaction(Set.of(OrganizationEntryPosted.class))
            .ignoring(
                Set.of(
                    PaymentCaptured.class,
                    PaymentCancelled.class,
                    RefundAccepted.class,
                    RefundSucceeded.class));
  }

  @KafkaListener(topics = Topic.Names.BILLING_PAYMENTS)
  void on(List<ConsumerRecord<String, byte[]>> records) {
    subscription.receive(records);
  }

  private void handle(PaymentEvent event) {
    switch (event) {
      case OrganizationEntryPosted posted -> recordEntry.handle(entryOf(posted));
      // The balance follows the ledger alone; these say why it moved.
      case PaymentCaptured _, PaymentCancelled _, RefundAccepted _, RefundSucceeded _ -> {}
    }
  }

  private static Entry entryOf(OrganizationEntryPosted posted) {
    return new Entry(
        posted.entryId(),
        posted.organizationId(),
        posted.eventId(),
        LedgerAccount.of(posted.account()),
        posted.journalId(),
        posted.journalKind(),
        posted.paymentId(),
        Money.from(posted.amount()),
        posted.occurredAt());
  }
}
