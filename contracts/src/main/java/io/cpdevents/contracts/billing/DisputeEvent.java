package io.cpdevents.contracts.billing;

import io.cpdevents.contracts.MoneyAmount;
import io.cpdevents.contracts.billing.RefundEvent.TicketRefund;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What happens to a dispute of a payment: the buyer's bank takes money back, or asks about it. */
public sealed interface DisputeEvent extends PaymentEvent {

  UUID disputeId();

  /** The buyer. */
  UUID accountId();

  UUID eventId();

  UUID organizationId();

  /** What is disputed; it may differ from the payment, and be in another currency. */
  MoneyAmount amount();

  /**
   * A dispute began.
   *
   * @param inquiry whether the bank only asks, and no money moves
   * @param wholePayment whether it is about all that is left of the payment
   * @param reason Stripe's, for example {@code product_not_received}
   * @param dueBy until when evidence may be given; null when none may
   */
  record DisputeOpened(
      UUID paymentId,
      UUID disputeId,
      UUID registrationId,
      UUID accountId,
      UUID eventId,
      UUID organizationId,
      MoneyAmount amount,
      boolean inquiry,
      boolean wholePayment,
      String reason,
      @Nullable Instant dueBy,
      Instant openedAt)
      implements DisputeEvent {}

  /** An inquiry became a dispute that takes money. */
  record DisputeEscalated(
      UUID paymentId,
      UUID disputeId,
      UUID registrationId,
      UUID accountId,
      UUID eventId,
      UUID organizationId,
      MoneyAmount amount,
      boolean wholePayment,
      @Nullable Instant dueBy,
      Instant escalatedAt)
      implements DisputeEvent {}

  /**
   * Evidence is missing, and the time for it ends soon.
   *
   * @param hoursLeft how long before the end this is told: 72 or 24
   */
  record DisputeDeadlineNear(
      UUID paymentId,
      UUID disputeId,
      UUID registrationId,
      UUID accountId,
      UUID eventId,
      UUID organizationId,
      MoneyAmount amount,
      Instant dueBy,
      int hoursLeft,
      Instant toldAt)
      implements DisputeEvent {}

  /**
   * A dispute ended. Another end may follow: a bank may change its mind.
   *
   * @param lost what stays with the buyer; zero when nothing does
   * @param tickets from which tickets the buyer has that back, as far as it is no more than was
   *     left of them; null in events of the first days
   */
  record DisputeClosed(
      UUID paymentId,
      UUID disputeId,
      UUID registrationId,
      UUID accountId,
      UUID eventId,
      UUID organizationId,
      MoneyAmount amount,
      DisputeOutcome outcome,
      MoneyAmount lost,
      Instant closedAt,
      @Nullable List<TicketRefund> tickets)
      implements DisputeEvent {}
}
