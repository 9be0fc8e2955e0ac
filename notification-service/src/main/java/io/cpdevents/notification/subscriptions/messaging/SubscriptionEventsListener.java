package io.cpdevents.notification.subscriptions.messaging;

import io.cpdevents.contracts.Topic;
import io.cpdevents.contracts.billing.SubscriptionEvent;
import io.cpdevents.contracts.billing.SubscriptionEvent.CardExpiryNear;
import io.cpdevents.contracts.billing.SubscriptionEvent.DefaultCardReplaced;
import io.cpdevents.contracts.billing.SubscriptionEvent.EarlierMonthLeftOpen;
import io.cpdevents.contracts.billing.SubscriptionEvent.GraceStarted;
import io.cpdevents.contracts.billing.SubscriptionEvent.PaymentMethodMissing;
import io.cpdevents.contracts.billing.SubscriptionEvent.PlanChangeCalledOff;
import io.cpdevents.contracts.billing.SubscriptionEvent.PlanChangeFailed;
import io.cpdevents.contracts.billing.SubscriptionEvent.PlanChangeNeedsAuthentication;
import io.cpdevents.contracts.billing.SubscriptionEvent.PlanChangeScheduled;
import io.cpdevents.contracts.billing.SubscriptionEvent.PlanChanged;
import io.cpdevents.contracts.billing.SubscriptionEvent.PlanEnded;
import io.cpdevents.contracts.billing.SubscriptionEvent.PlanLost;
import io.cpdevents.contracts.billing.SubscriptionEvent.PlanPaymentDisputed;
import io.cpdevents.contracts.billing.SubscriptionEvent.RenewalFailed;
import io.cpdevents.contracts.billing.SubscriptionEvent.RenewalRecovered;
import io.cpdevents.contracts.billing.SubscriptionEvent.ReplacementCardDeclined;
import io.cpdevents.contracts.billing.SubscriptionEvent.TrialEndNear;
import io.cpdevents.contracts.billing.SubscriptionEvent.TrialEnded;
import io.cpdevents.contracts.billing.SubscriptionEvent.TrialPaid;
import io.cpdevents.contracts.billing.SubscriptionEvent.TrialStarted;
import io.cpdevents.notification.mails.MailCause;
import io.cpdevents.notification.mails.QueueMail;
import io.cpdevents.notification.subscriptions.CardExpiresSoon;
import io.cpdevents.notification.subscriptions.CardIsMissing;
import io.cpdevents.notification.subscriptions.CardIsReplaced;
import io.cpdevents.notification.subscriptions.CardName;
import io.cpdevents.notification.subscriptions.DeclineReason;
import io.cpdevents.notification.subscriptions.DowngradeIsScheduled;
import io.cpdevents.notification.subscriptions.EarlierMonthIsOpen;
import io.cpdevents.notification.subscriptions.GraceHasStarted;
import io.cpdevents.notification.subscriptions.PlanChangeHasFailed;
import io.cpdevents.notification.subscriptions.PlanChangeIsCalledOff;
import io.cpdevents.notification.subscriptions.PlanChangeNeedsPerson;
import io.cpdevents.notification.subscriptions.PlanHasChanged;
import io.cpdevents.notification.subscriptions.PlanHasEnded;
import io.cpdevents.notification.subscriptions.PlanIsLost;
import io.cpdevents.notification.subscriptions.PlanName;
import io.cpdevents.notification.subscriptions.PlanPaymentIsDisputed;
import io.cpdevents.notification.subscriptions.RenewalHasFailed;
import io.cpdevents.notification.subscriptions.RenewalIsPaid;
import io.cpdevents.notification.subscriptions.ReplacementIsDeclined;
import io.cpdevents.notification.subscriptions.TrialEndsSoon;
import io.cpdevents.notification.subscriptions.TrialHasEnded;
import io.cpdevents.notification.subscriptions.TrialIsPaid;
import io.cpdevents.platform.messaging.Inbox;
import io.cpdevents.platform.money.Money;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Queues the mails that follow from what happens to organizations' plans. */
@Component
class SubscriptionEventsListener {

  private final Inbox.Subscription<SubscriptionEvent> subscription;
  private final QueueMail queueMail;

  SubscriptionEventsListener(Inbox inbox, QueueMail queueMail) {
    this.queueMail = queueMail;
    this.subscription =
        inbox.subscribe(SubscriptionEvent.class, this::handle, Topic.BILLING_SUBSCRIPTIONS);
  }

  @KafkaListener(topics = Topic.Names.BILLING_SUBSCRIPTIONS)
  void on(List<ConsumerRecord<String, byte[]>> records) {
    subscription.receive(records);
  }

  private void handle(SubscriptionEvent event) {
    switch (event) {
      case TrialStarted _ -> {}
      case TrialEndNear near ->
          queueMail.handle(
              QueueMail.Command.toOwner(
                  MailCause.of(near.organizationId(), near.trialEndsAt() + " " + near.daysBefore()),
                  new TrialEndsSoon.Subject(
                      near.organizationId(),
                      PlanName.of(near.planId()),
                      near.daysBefore(),
                      near.trialEndsAt(),
                      Boolean.TRUE.equals(near.isCharged()))));
      case TrialPaid paid ->
          queueMail.handle(
              QueueMail.Command.toOwner(
                  MailCause.of(paid.organizationId(), paid.paidAt()),
                  new TrialIsPaid.Subject(
                      paid.organizationId(),
                      PlanName.of(paid.planId()),
                      Money.from(paid.total()),
                      paid.paidUntil())));
      case RenewalFailed failed ->
          queueMail.handle(
              QueueMail.Command.toOwner(
                  MailCause.of(failed.organizationId(), failed.nextAttemptAt()),
                  new RenewalHasFailed.Subject(
                      failed.organizationId(),
                      PlanName.of(failed.planId()),
                      failed.attempt(),
                      Money.from(failed.total()),
                      failed.nextAttemptAt(),
                      DeclineReason.ofKnown(failed.declineCode()))));
      case GraceStarted started ->
          queueMail.handle(
              QueueMail.Command.toOwner(
                  MailCause.of(started.organizationId(), started.graceEndsAt()),
                  new GraceHasStarted.Subject(
                      started.organizationId(),
                      PlanName.of(started.planId()),
                      Money.from(started.total()),
                      started.graceEndsAt(),
                      DeclineReason.ofKnown(started.declineCode()))));
      case RenewalRecovered recovered ->
          queueMail.handle(
              QueueMail.Command.toOwner(
                  MailCause.of(recovered.organizationId(), recovered.recoveredAt()),
                  new RenewalIsPaid.Subject(
                      recovered.organizationId(), PlanName.of(recovered.planId()))));
      case PlanPaymentDisputed disputed ->
          queueMail.handle(
              QueueMail.Command.toOwner(
                  MailCause.of(disputed.organizationId(), disputed.disputedAt()),
                  new PlanPaymentIsDisputed.Subject(
                      disputed.organizationId(),
                      Money.from(disputed.amount()),
                      disputed.isInquiry())));
      case PlanLost lost ->
          queueMail.handle(
              QueueMail.Command.toOwner(
                  MailCause.of(lost.organizationId(), lost.lostAt()),
                  new PlanIsLost.Subject(
                      lost.organizationId(),
                      PlanName.of(lost.planId()),
                      PlanName.of(lost.nextPlanId()),
                      lost.entitlementsVersion())));
      case PlanChanged changed ->
          queueMail.handle(
              QueueMail.Command.toOwner(
                  MailCause.of(changed.organizationId(), changed.changedAt()),
                  new PlanHasChanged.Subject(
                      changed.organizationId(),
                      PlanName.of(changed.planId()),
                      PlanName.of(changed.previousPlanId()))));
      case PlanChangeScheduled scheduled ->
          queueMail.handle(
              QueueMail.Command.toOwner(
                  MailCause.of(scheduled.organizationId(), scheduled.scheduledAt()),
                  new DowngradeIsScheduled.Subject(
                      scheduled.organizationId(),
                      PlanName.of(scheduled.planId()),
                      PlanName.of(scheduled.nextPlanId()),
                      scheduled.effectiveAt())));
      case PlanChangeCalledOff calledOff ->
          queueMail.handle(
              QueueMail.Command.toOwner(
                  MailCause.of(calledOff.organizationId(), calledOff.calledOffAt()),
                  new PlanChangeIsCalledOff.Subject(
                      calledOff.organizationId(),
                      PlanName.of(calledOff.planId()),
                      PlanName.of(calledOff.nextPlanId()))));
      case PlanChangeNeedsAuthentication needed ->
          queueMail.handle(
              QueueMail.Command.toOwner(
                  MailCause.of(needed.organizationId(), needed.requestedAt()),
                  new PlanChangeNeedsPerson.Subject(
                      needed.organizationId(),
                      PlanName.of(needed.planId()),
                      PlanName.of(needed.nextPlanId()),
                      needed.expiresAt())));
      case PlanChangeFailed failed ->
          queueMail.handle(
              QueueMail.Command.toOwner(
                  MailCause.of(failed.organizationId(), failed.failedAt()),
                  new PlanChangeHasFailed.Subject(
                      failed.organizationId(),
                      PlanName.of(failed.planId()),
                      PlanName.of(failed.nextPlanId()),
                      DeclineReason.ofKnown(failed.declineCode()))));
      case PlanEnded ended ->
          queueMail.handle(
              QueueMail.Command.toOwner(
                  MailCause.of(ended.organizationId(), ended.endedAt()),
                  new PlanHasEnded.Subject(
                      ended.organizationId(),
                      PlanName.of(ended.planId()),
                      PlanName.of(ended.nextPlanId()),
                      ended.entitlementsVersion())));
      case CardExpiryNear near ->
          queueMail.handle(
              QueueMail.Command.toOwner(
                  MailCause.of(
                      near.organizationId(),
                      near.paymentMethodId() + " " + near.expiresAt() + " " + near.daysBefore()),
                  new CardExpiresSoon.Subject(
                      near.organizationId(),
                      new CardName(near.brand(), near.last4()),
                      near.daysBefore(),
                      near.expiresAt())));
      case DefaultCardReplaced replaced ->
          queueMail.handle(
              QueueMail.Command.toOwner(
                  MailCause.of(
                      replaced.organizationId(),
                      replaced.paymentMethodId() + " " + replaced.replacedAt()),
                  new CardIsReplaced.Subject(
                      replaced.organizationId(),
                      new CardName(replaced.brand(), replaced.last4()),
                      new CardName(replaced.replacedBrand(), replaced.replacedLast4()))));
      case ReplacementCardDeclined declined ->
          queueMail.handle(
              QueueMail.Command.toOwner(
                  MailCause.of(
                      declined.organizationId(),
                      declined.paymentMethodId() + " " + declined.declinedAt()),
                  new ReplacementIsDeclined.Subject(
                      declined.organizationId(),
                      PlanName.of(declined.planId()),
                      new CardName(declined.brand(), declined.last4()),
                      DeclineReason.of(declined.declineCode()),
                      Money.from(declined.total()),
                      declined.graceEndsAt())));
      case EarlierMonthLeftOpen left ->
          queueMail.handle(
              QueueMail.Command.toOwner(
                  MailCause.of(
                      left.organizationId(), left.monthStartedAt() + " " + left.leftOpenAt()),
                  new EarlierMonthIsOpen.Subject(
                      left.organizationId(),
                      PlanName.of(left.planId()),
                      Money.from(left.total()),
                      left.monthStartedAt())));
      case PaymentMethodMissing missing ->
          queueMail.handle(
              QueueMail.Command.toOwner(
                  MailCause.of(missing.organizationId(), missing.missingSince()),
                  new CardIsMissing.Subject(missing.organizationId())));
      case TrialEnded ended ->
          queueMail.handle(
              QueueMail.Command.toOwner(
                  MailCause.of(ended.organizationId(), ended.endedAt()),
                  new TrialHasEnded.Subject(
                      ended.organizationId(),
                      PlanName.of(ended.planId()),
                      PlanName.of(ended.nextPlanId()),
                      ended.entitlementsVersion())));
    }
  }
}
