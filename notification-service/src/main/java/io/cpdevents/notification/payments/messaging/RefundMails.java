package io.cpdevents.notification.payments.messaging;

import io.cpdevents.contracts.billing.RefundEvent;
import io.cpdevents.contracts.billing.RefundEvent.RefundAccepted;
import io.cpdevents.contracts.billing.RefundEvent.RefundCancelled;
import io.cpdevents.contracts.billing.RefundEvent.RefundFailed;
import io.cpdevents.contracts.billing.RefundEvent.RefundSucceeded;
import io.cpdevents.contracts.billing.RefundRequester;
import io.cpdevents.notification.mails.MailCause;
import io.cpdevents.notification.mails.QueueMail;
import io.cpdevents.notification.refunds.FraudWarningRefund;
import io.cpdevents.notification.refunds.OrganizationRefund;
import io.cpdevents.notification.refunds.PaidTwice;
import io.cpdevents.notification.refunds.PaymentTooLate;
import io.cpdevents.notification.refunds.RefundByOrganization;
import io.cpdevents.notification.refunds.RefundByPlatform;
import io.cpdevents.notification.refunds.RefundCalledOff;
import io.cpdevents.notification.refunds.RefundFailure;
import io.cpdevents.notification.refunds.RefundFailureReason;
import io.cpdevents.notification.refunds.RefundMadeAtStripe;
import io.cpdevents.notification.refunds.RefundReturned;
import io.cpdevents.notification.refunds.RefundSuccess;
import io.cpdevents.notification.writing.MailSubject;
import io.cpdevents.platform.money.Money;
import java.util.List;
import java.util.UUID;

/** The mails that follow from what happens to a refund. */
final class RefundMails {

  private RefundMails() {}

  static List<QueueMail.Command> of(RefundEvent event) {
    UUID organization = event.organizationId();
    UUID registration = event.registrationId();
    Money amount = Money.from(event.amount());
    return switch (event) {
      case RefundAccepted accepted -> accepted(accepted, organization, registration, amount);
      // A bank may send money back; it is then returned anew, and told anew.
      case RefundSucceeded succeeded ->
          List.of(
              toBuyer(
                  MailCause.of(succeeded.refundId(), succeeded.succeededAt()),
                  succeeded,
                  new RefundSuccess.Subject(organization, registration, amount)));
      case RefundFailed failed when failed.afterSuccess() ->
          List.of(
              toBuyer(
                  MailCause.of(failed.refundId(), failed.failedAt()),
                  failed,
                  new RefundReturned.Subject(
                      organization,
                      registration,
                      amount,
                      RefundFailureReason.of(failed.failureReason()),
                      failed.retried())));
      // The second attempt that fails is not told like the first.
      case RefundFailed failed ->
          List.of(
              toBuyer(
                  MailCause.of(failed.refundId(), failed.retried()),
                  failed,
                  new RefundFailure.Subject(
                      organization,
                      registration,
                      amount,
                      RefundFailureReason.of(failed.failureReason()),
                      failed.retried())));
      case RefundCancelled cancelled ->
          List.of(
              toBuyer(
                  cancelled.refundId(),
                  cancelled,
                  new RefundCalledOff.Subject(organization, registration, amount)));
    };
  }

  private static List<QueueMail.Command> accepted(
      RefundAccepted refund, UUID organization, UUID registration, Money amount) {
    return switch (refund.cause()) {
      // The mail about the cancellation tells it.
      case ATTENDEE_CANCELLED, ORGANIZATION_CANCELLED, EVENT_CANCELLED -> List.of();
      case PAYMENT_TOO_LATE ->
          List.of(told(refund, new PaymentTooLate.Subject(organization, registration, amount)));
      case PAID_TWICE ->
          List.of(told(refund, new PaidTwice.Subject(organization, registration, amount)));
      case REQUESTED -> requested(refund, organization, registration, amount);
      case FRAUD_WARNING ->
          List.of(told(refund, new FraudWarningRefund.Subject(organization, registration, amount)));
      case MADE_AT_STRIPE ->
          List.of(
              told(refund, new RefundMadeAtStripe.Subject(organization, registration, amount)),
              QueueMail.Command.toOwner(
                  refund.refundId(),
                  new OrganizationRefund.Subject(
                      organization, registration, refund.refundId(), amount)));
    };
  }

  /** The organization knows what it has asked for itself. */
  private static List<QueueMail.Command> requested(
      RefundAccepted refund, UUID organization, UUID registration, Money amount) {
    QueueMail.Command toBuyer =
        told(
            refund,
            new RefundByOrganization.Subject(
                organization, registration, refund.refundId(), amount));
    return refund.requestedBy() == RefundRequester.PLATFORM
        ? List.of(
            toBuyer,
            QueueMail.Command.toOwner(
                refund.refundId(),
                new RefundByPlatform.Subject(
                    organization, registration, refund.refundId(), amount)))
        : List.of(toBuyer);
  }

  private static QueueMail.Command told(RefundAccepted refund, MailSubject subject) {
    return toBuyer(refund.refundId(), refund, subject);
  }

  private static QueueMail.Command toBuyer(UUID causeId, RefundEvent event, MailSubject subject) {
    return new QueueMail.Command(causeId, event.accountId(), subject);
  }
}
