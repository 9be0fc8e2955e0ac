package io.cpdevents.billing.refunds;

import io.cpdevents.billing.payments.PaidRegistration;
import io.cpdevents.contracts.billing.RefundEvent.RefundAccepted;
import io.cpdevents.contracts.billing.RefundEvent.RefundCancelled;
import io.cpdevents.contracts.billing.RefundEvent.RefundFailed;
import io.cpdevents.contracts.billing.RefundEvent.RefundSucceeded;
import io.cpdevents.contracts.billing.RefundEvent.TicketRefund;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** What the other services are told about a refund. */
final class RefundAnnouncements {

  private RefundAnnouncements() {}

  static RefundAccepted accepted(RefundSource source, Refund refund) {
    PaidRegistration registration = source.registration();
    return new RefundAccepted(
        source.paymentId(),
        refund.id(),
        registration.id(),
        registration.accountId(),
        registration.eventId(),
        registration.organizationId(),
        refund.amount().toAmount(),
        refund.cause(),
        refund.requestedAt(),
        tickets(refund),
        refund.asked() == null ? null : refund.asked().role().requester());
  }

  static RefundSucceeded succeeded(RefundEffect.TellSucceeded tell) {
    PaidRegistration registration = tell.source().registration();
    return new RefundSucceeded(
        tell.source().paymentId(),
        tell.refund().id(),
        registration.id(),
        registration.accountId(),
        registration.eventId(),
        registration.organizationId(),
        tell.refund().amount().toAmount(),
        tell.refund().cause(),
        Objects.requireNonNull(tell.refund().progress().succeededAt()),
        tickets(tell.refund()));
  }

  static RefundFailed failed(RefundEffect.TellFailed tell, Instant now) {
    PaidRegistration registration = tell.source().registration();
    return new RefundFailed(
        tell.source().paymentId(),
        tell.refund().id(),
        registration.id(),
        registration.accountId(),
        registration.eventId(),
        registration.organizationId(),
        tell.refund().amount().toAmount(),
        tell.refund().cause(),
        tell.failureReason(),
        tell.refund().status() == RefundStatus.REQUESTED,
        tell.afterSuccess(),
        now);
  }

  static RefundCancelled cancelled(RefundEffect.TellCancelled tell, Instant now) {
    PaidRegistration registration = tell.source().registration();
    return new RefundCancelled(
        tell.source().paymentId(),
        tell.refundId(),
        registration.id(),
        registration.accountId(),
        registration.eventId(),
        registration.organizationId(),
        tell.amount().toAmount(),
        tell.cause(),
        now);
  }

  private static List<TicketRefund> tickets(Refund refund) {
    return refund.shares().tickets().tickets().stream()
        .map(share -> new TicketRefund(share.ticketId(), share.amount().toAmount()))
        .toList();
  }
}
