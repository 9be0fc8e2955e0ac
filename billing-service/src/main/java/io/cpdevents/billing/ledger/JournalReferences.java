package io.cpdevents.billing.ledger;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a journal is about, as far as it is about something: whoever explains a figure follows these
 * from the journal to its cause.
 *
 * @param eventId the event whose end makes an organization's money available
 * @param registrationId the registration that is paid for
 * @param paymentId the payment
 * @param refundId the refund obligation
 * @param disputeId the dispute
 * @param payoutId the payout
 */
public record JournalReferences(
    @Nullable UUID eventId,
    @Nullable UUID registrationId,
    @Nullable UUID paymentId,
    @Nullable UUID refundId,
    @Nullable UUID disputeId,
    @Nullable UUID payoutId) {

  private static final JournalReferences NONE =
      new JournalReferences(null, null, null, null, null, null);

  /** About nothing that we know. */
  public static JournalReferences none() {
    return NONE;
  }

  /** About a payment, and about no organization. */
  public static JournalReferences ofPayment(@Nullable UUID paymentId) {
    return new JournalReferences(null, null, paymentId, null, null, null);
  }

  /** About the payment of a registration. */
  public static JournalReferences ofPayment(UUID eventId, UUID registrationId, UUID paymentId) {
    return new JournalReferences(eventId, registrationId, paymentId, null, null, null);
  }

  /** The same, about a dispute of the payment. */
  public JournalReferences withDispute(UUID newDisputeId) {
    return new JournalReferences(
        eventId, registrationId, paymentId, refundId, newDisputeId, payoutId);
  }

  /** About a payout. */
  public static JournalReferences ofPayout(UUID payoutId) {
    return new JournalReferences(null, null, null, null, null, payoutId);
  }

  /** The same, about a refund of the payment. */
  public JournalReferences withRefund(UUID newRefundId) {
    return new JournalReferences(
        eventId, registrationId, paymentId, newRefundId, disputeId, payoutId);
  }
}
