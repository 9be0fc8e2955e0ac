package io.cpdevents.billing.disputes;

import io.cpdevents.billing.disputes.DisputeMoney.Booking;
import io.cpdevents.billing.payments.PaidRegistration;
import io.cpdevents.billing.payments.RefundablePayment;
import io.cpdevents.billing.payments.TicketShares;
import io.cpdevents.contracts.billing.DisputeEvent;
import io.cpdevents.contracts.billing.DisputeEvent.DisputeClosed;
import io.cpdevents.contracts.billing.DisputeEvent.DisputeDeadlineNear;
import io.cpdevents.contracts.billing.DisputeEvent.DisputeEscalated;
import io.cpdevents.contracts.billing.DisputeEvent.DisputeOpened;
import io.cpdevents.contracts.billing.DisputeOutcome;
import io.cpdevents.contracts.billing.RefundEvent.TicketRefund;
import io.cpdevents.platform.money.Money;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * What the other services are told about a dispute.
 *
 * @param wholePayment whether it is about all that is left of the payment
 */
record DisputeNews(RefundablePayment payment, boolean wholePayment) {

  DisputeEvent opened(Dispute dispute) {
    PaidRegistration registration = payment.registration();
    return new DisputeOpened(
        payment.id(),
        dispute.id(),
        registration.id(),
        registration.accountId(),
        registration.eventId(),
        registration.organizationId(),
        dispute.claim().amount().toAmount(),
        dispute.status().isInquiry(),
        wholePayment,
        dispute.claim().reason(),
        dispute.claim().dueBy(),
        dispute.openedAt());
  }

  DisputeEvent escalated(Dispute dispute, Instant now) {
    PaidRegistration registration = payment.registration();
    return new DisputeEscalated(
        payment.id(),
        dispute.id(),
        registration.id(),
        registration.accountId(),
        registration.eventId(),
        registration.organizationId(),
        dispute.claim().amount().toAmount(),
        wholePayment,
        dispute.claim().dueBy(),
        now);
  }

  DisputeEvent deadlineNear(Dispute dispute, int hoursLeft, Instant now) {
    PaidRegistration registration = payment.registration();
    return new DisputeDeadlineNear(
        payment.id(),
        dispute.id(),
        registration.id(),
        registration.accountId(),
        registration.eventId(),
        registration.organizationId(),
        dispute.claim().amount().toAmount(),
        Objects.requireNonNull(dispute.claim().dueBy()),
        hoursLeft,
        now);
  }

  DisputeEvent closed(Dispute dispute, Instant now) {
    PaidRegistration registration = payment.registration();
    return new DisputeClosed(
        payment.id(),
        dispute.id(),
        registration.id(),
        registration.accountId(),
        registration.eventId(),
        registration.organizationId(),
        dispute.claim().amount().toAmount(),
        outcome(dispute.status()),
        lost(dispute).toAmount(),
        now,
        isLost(dispute) ? tickets(dispute.money().shares()) : List.of());
  }

  private static Money lost(Dispute dispute) {
    Money taken = dispute.money().taken();
    return isLost(dispute) ? taken : Money.zero(taken.currency());
  }

  /** A win whose money has not come back yet has lost nothing. */
  private static boolean isLost(Dispute dispute) {
    return dispute.status() == DisputeStatus.LOST || dispute.money().booking() == Booking.LOST;
  }

  private static List<TicketRefund> tickets(TicketShares shares) {
    return shares.tickets().stream()
        .map(share -> new TicketRefund(share.ticketId(), share.amount().toAmount()))
        .toList();
  }

  private static DisputeOutcome outcome(DisputeStatus status) {
    return switch (status) {
      case WON -> DisputeOutcome.WON;
      case LOST -> DisputeOutcome.LOST;
      case INQUIRY_CLOSED -> DisputeOutcome.INQUIRY_CLOSED;
      case PREVENTED -> DisputeOutcome.PREVENTED;
      case INQUIRY, OPEN -> throw new IllegalStateException("not decided: " + status);
    };
  }
}
