package io.cpdevents.notification.payments.messaging;

import io.cpdevents.contracts.billing.DisputeEvent;
import io.cpdevents.contracts.billing.DisputeEvent.DisputeClosed;
import io.cpdevents.contracts.billing.DisputeEvent.DisputeDeadlineNear;
import io.cpdevents.contracts.billing.DisputeEvent.DisputeEscalated;
import io.cpdevents.contracts.billing.DisputeEvent.DisputeOpened;
import io.cpdevents.notification.disputes.DisputeDeadline;
import io.cpdevents.notification.disputes.DisputeEscalation;
import io.cpdevents.notification.disputes.DisputeLoss;
import io.cpdevents.notification.disputes.DisputeOpening;
import io.cpdevents.notification.disputes.DisputePrevention;
import io.cpdevents.notification.disputes.DisputeReason;
import io.cpdevents.notification.disputes.DisputeWin;
import io.cpdevents.notification.disputes.InquiryEnd;
import io.cpdevents.notification.disputes.InquiryOpening;
import io.cpdevents.notification.mails.MailCause;
import io.cpdevents.notification.mails.QueueMail;
import io.cpdevents.notification.writing.MailSubject;
import io.cpdevents.platform.money.Money;
import java.util.UUID;

/** The mails that follow from what happens to a dispute: to the owner of the organization. */
final class DisputeMails {

  private DisputeMails() {}

  static QueueMail.Command of(DisputeEvent event) {
    UUID cause =
        switch (event) {
          case DisputeOpened opened -> opened.disputeId();
          case DisputeEscalated escalated -> escalated.disputeId();
          case DisputeDeadlineNear near ->
              MailCause.of(near.disputeId(), near.dueBy() + " " + near.hoursLeft());
          // A bank may change its mind: the end is told anew.
          case DisputeClosed closed -> MailCause.of(closed.disputeId(), closed.closedAt());
        };
    return QueueMail.Command.toOwner(cause, subject(event));
  }

  private static MailSubject subject(DisputeEvent event) {
    UUID organization = event.organizationId();
    UUID registration = event.registrationId();
    UUID dispute = event.disputeId();
    Money amount = Money.from(event.amount());
    return switch (event) {
      case DisputeOpened opened when opened.inquiry() ->
          new InquiryOpening.Subject(
              organization,
              registration,
              dispute,
              amount,
              DisputeReason.of(opened.reason()),
              opened.dueBy());
      case DisputeOpened opened ->
          new DisputeOpening.Subject(
              organization,
              registration,
              dispute,
              amount,
              DisputeReason.of(opened.reason()),
              opened.dueBy());
      case DisputeEscalated escalated ->
          new DisputeEscalation.Subject(
              organization, registration, dispute, amount, escalated.dueBy());
      case DisputeDeadlineNear near ->
          new DisputeDeadline.Subject(
              organization, registration, dispute, amount, near.dueBy(), near.hoursLeft());
      case DisputeClosed closed ->
          switch (closed.outcome()) {
            case WON -> new DisputeWin.Subject(organization, registration, dispute, amount);
            case LOST ->
                new DisputeLoss.Subject(
                    organization, registration, dispute, Money.from(closed.lost()));
            case INQUIRY_CLOSED ->
                new InquiryEnd.Subject(organization, registration, dispute, amount);
            case PREVENTED ->
                new DisputePrevention.Subject(organization, registration, dispute, amount);
          };
    };
  }
}
