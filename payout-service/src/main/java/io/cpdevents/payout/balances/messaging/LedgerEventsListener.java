package io.cpdevents.payout.balances.messaging;

import io.cpdevents.contracts.MoneyAmount;
import io.cpdevents.contracts.Topic;
import io.cpdevents.contracts.billing.LedgerEvent;
import io.cpdevents.contracts.billing.LedgerEvent.OrganizationEntryPosted;
import io.cpdevents.payout.balances.Entry;
import io.cpdevents.payout.balances.LedgerAccount;
import io.cpdevents.payout.balances.RecordEntry;
import io.cpdevents.platform.messaging.Inbox;
import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.sql.Columns;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Follows what billing's ledger posts on the accounts of organizations. */
@Component
class LedgerEventsListener {

  private final Inbox.Subscription<LedgerEvent> subscription;
  private final RecordEntry recordEntry;

  LedgerEventsListener(Inbox inbox, RecordEntry recordEntry) {
    this.recordEntry = recordEntry;
    // Entries of many organizations in one transaction would lock balances in crossing orders.
    this.subscription =
        inbox
            .subscribe(LedgerEvent.class, this::handle, Topic.BILLING_LEDGER_ENTRIES)
            .inOwnTransaction(Set.of(OrganizationEntryPosted.class));
  }

  @KafkaListener(topics = Topic.Names.BILLING_LEDGER_ENTRIES)
  void on(List<ConsumerRecord<String, byte[]>> records) {
    subscription.receive(records);
  }

  private void handle(LedgerEvent event) {
    switch (event) {
      case OrganizationEntryPosted posted -> recordEntry.handle(entryOf(posted));
    }
  }

  private static Entry entryOf(OrganizationEntryPosted posted) {
    Money amount = Money.from(posted.amount());
    @Nullable MoneyAmount fee = posted.platformFee();
    return new Entry(
        posted.entryId(),
        posted.organizationId(),
        Columns.constant(LedgerAccount.class, posted.account()),
        posted.journalId(),
        posted.journalKind(),
        amount,
        fee == null ? Money.zero(amount.currency()) : Money.from(fee),
        new Entry.References(
            posted.eventId(),
            posted.registrationId(),
            posted.paymentId(),
            posted.refundId(),
            posted.disputeId(),
            posted.payoutId()),
        posted.occurredAt());
  }
}
