package io.cpdevents.accounts.auditlog.messaging;

import io.cpdevents.accounts.auditlog.AuditedAction;
import io.cpdevents.accounts.auditlog.ChainAuditEntry;
import io.cpdevents.contracts.Topic;
import io.cpdevents.contracts.audit.AuditEvent;
import io.cpdevents.contracts.audit.AuditEvent.AuditEntryRecorded;
import io.cpdevents.platform.messaging.Inbox;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Receives the audit entries of all services, this one's included. */
@Component
class AuditEntriesListener {

  private final Inbox.Subscription<AuditEvent> subscription;
  private final ChainAuditEntry chainAuditEntry;

  AuditEntriesListener(Inbox inbox, ChainAuditEntry chainAuditEntry) {
    this.chainAuditEntry = chainAuditEntry;
    this.subscription =
        inbox.subscribe(
            AuditEvent.class,
            this::handle,
            Topic.ACCOUNTS_AUDIT_ENTRIES,
            Topic.REGISTRATION_AUDIT_ENTRIES,
            Topic.BILLING_AUDIT_ENTRIES,
            Topic.PAYOUT_AUDIT_ENTRIES,
            Topic.NOTIFICATION_AUDIT_ENTRIES);
  }

  @KafkaListener(
      topics = {
        Topic.Names.ACCOUNTS_AUDIT_ENTRIES,
        Topic.Names.REGISTRATION_AUDIT_ENTRIES,
        Topic.Names.BILLING_AUDIT_ENTRIES,
        Topic.Names.PAYOUT_AUDIT_ENTRIES,
        Topic.Names.NOTIFICATION_AUDIT_ENTRIES
      })
  void on(List<ConsumerRecord<String, byte[]>> records) {
    subscription.receive(records);
  }

  private void handle(AuditEvent event) {
    switch (event) {
      case AuditEntryRecorded recorded -> chainAuditEntry.handle(action(recorded));
    }
  }

  private static AuditedAction action(AuditEntryRecorded recorded) {
    return new AuditedAction(
        recorded.entryId(),
        recorded.service(),
        recorded.actorAccountId(),
        recorded.action(),
        recorded.subjectType(),
        recorded.subjectId(),
        recorded.organizationId(),
        recorded.occurredAt(),
        recorded.ipAddress(),
        recorded.traceId(),
        recorded.details(),
        recorded.actorKind(),
        recorded.onBehalfOf(),
        recorded.before(),
        recorded.after());
  }
}
