package io.cpdevents.notification.accounts.messaging;

import io.cpdevents.contracts.Topic;
import io.cpdevents.contracts.accounts.AccountEvent;
import io.cpdevents.contracts.accounts.AccountEvent.AccountVerified;
import io.cpdevents.contracts.accounts.AccountEvent.AddedFactorsRemoved;
import io.cpdevents.contracts.accounts.AccountEvent.DataExportReady;
import io.cpdevents.contracts.accounts.AccountEvent.EmailChangeRequested;
import io.cpdevents.contracts.accounts.AccountEvent.EmailChanged;
import io.cpdevents.contracts.accounts.AccountEvent.EmailVerificationRequested;
import io.cpdevents.contracts.accounts.AccountEvent.FactorRemovalAnnounced;
import io.cpdevents.contracts.accounts.AccountEvent.LogInsRefused;
import io.cpdevents.contracts.accounts.AccountEvent.LostFactorsRemoved;
import io.cpdevents.contracts.accounts.AccountEvent.NewDeviceSeen;
import io.cpdevents.contracts.accounts.AccountEvent.PasskeyCopyRefused;
import io.cpdevents.contracts.accounts.AccountEvent.PasswordChanged;
import io.cpdevents.contracts.accounts.AccountEvent.PasswordResetRequested;
import io.cpdevents.contracts.accounts.AccountEvent.SecondFactorChanged;
import io.cpdevents.notification.accounts.ChangedEmail;
import io.cpdevents.notification.accounts.ChangedFactor;
import io.cpdevents.notification.accounts.ChangedPassword;
import io.cpdevents.notification.accounts.EmailVerification;
import io.cpdevents.notification.accounts.FactorChange;
import io.cpdevents.notification.accounts.NewDevice;
import io.cpdevents.notification.accounts.NewEmail;
import io.cpdevents.notification.accounts.PasswordReset;
import io.cpdevents.notification.accounts.ReadyDataExport;
import io.cpdevents.notification.accounts.RefusedLogIns;
import io.cpdevents.notification.mails.QueueMail;
import io.cpdevents.platform.messaging.Inbox;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Queues the mails that accounts-service asks for. */
@Component
class AccountEventsListener {

  private final Inbox.Subscription<AccountEvent> subscription;
  private final QueueMail queueMail;

  AccountEventsListener(Inbox inbox, QueueMail queueMail) {
    this.queueMail = queueMail;
    this.subscription =
        inbox
            .subscribe(AccountEvent.class, this::handle, Topic.ACCOUNTS_ACCOUNTS)
            .ignoring(Set.of(AccountVerified.class));
  }

  @KafkaListener(topics = Topic.Names.ACCOUNTS_ACCOUNTS)
  void on(List<ConsumerRecord<String, byte[]>> records) {
    subscription.receive(records);
  }

  private void handle(AccountEvent event) {
    switch (event) {
      case EmailVerificationRequested asked ->
          queueMail.handle(
              new QueueMail.Command(
                  asked.requestId(),
                  asked.accountId(),
                  new EmailVerification.Subject(asked.requestId(), asked.expiresAt())));
      case LogInsRefused refused ->
          queueMail.handle(
              new QueueMail.Command(
                  refused.refusalId(),
                  refused.accountId(),
                  new RefusedLogIns.Subject(
                      refused.refusalId(), refused.refusedAt(), refused.until())));
      case DataExportReady ready ->
          queueMail.handle(
              new QueueMail.Command(
                  ready.exportId(),
                  ready.accountId(),
                  new ReadyDataExport.Subject(ready.exportId(), ready.availableUntil())));
      case PasswordResetRequested asked ->
          queueMail.handle(
              new QueueMail.Command(
                  asked.requestId(),
                  asked.accountId(),
                  new PasswordReset.Subject(asked.requestId(), asked.expiresAt())));
      case PasswordChanged changed ->
          queueMail.handle(
              new QueueMail.Command(
                  changed.changeId(),
                  changed.accountId(),
                  new ChangedPassword.Subject(changed.changeId(), changed.changedAt())));
      case EmailChangeRequested asked ->
          queueMail.handle(
              new QueueMail.Command(
                  asked.changeId(),
                  asked.accountId(),
                  new NewEmail.Subject(asked.changeId(), asked.expiresAt())));
      case EmailChanged changed ->
          queueMail.handle(
              new QueueMail.Command(
                  changed.changeId(),
                  changed.accountId(),
                  new ChangedEmail.Subject(
                      changed.changeId(), changed.changedAt(), changed.revertibleUntil())));
      case NewDeviceSeen seen ->
          queueMail.handle(
              new QueueMail.Command(
                  seen.loginId(),
                  seen.accountId(),
                  new NewDevice.Subject(seen.loginId(), seen.seenAt())));
      case SecondFactorChanged changed ->
          queueMail.handle(
              new QueueMail.Command(
                  changed.changeId(),
                  changed.accountId(),
                  new ChangedFactor.Subject(
                      changed.changeId(),
                      FactorChange.valueOf(changed.change().name()),
                      changed.changedAt())));
      case PasskeyCopyRefused refused ->
          queueMail.handle(
              new QueueMail.Command(
                  refused.refusalId(),
                  refused.accountId(),
                  new ChangedFactor.Subject(
                      refused.refusalId(),
                      FactorChange.PASSKEY_COPY_REFUSED,
                      refused.refusedAt())));
      case AddedFactorsRemoved removed ->
          queueMail.handle(
              new QueueMail.Command(
                  removed.changeId(),
                  removed.accountId(),
                  new ChangedFactor.Subject(
                      removed.changeId(),
                      FactorChange.ADDED_FACTORS_REMOVED,
                      removed.removedAt())));
      case FactorRemovalAnnounced announced ->
          queueMail.handle(
              new QueueMail.Command(
                  announced.removalId(),
                  announced.accountId(),
                  new ChangedFactor.Subject(
                      announced.removalId(),
                      Boolean.TRUE.equals(announced.despiteUse())
                          ? FactorChange.REMOVAL_ANNOUNCED_DESPITE_USE
                          : FactorChange.REMOVAL_ANNOUNCED,
                      announced.announcedAt())));
      case LostFactorsRemoved removed ->
          queueMail.handle(
              new QueueMail.Command(
                  removed.changeId(),
                  removed.accountId(),
                  new ChangedFactor.Subject(
                      removed.changeId(), FactorChange.LOST_FACTORS_REMOVED, removed.removedAt())));
      // A verification mail that still waits finds its request used, and is dropped.
      case AccountVerified _ -> {}
    }
  }
}
