package io.cpdevents.payout.payouts;

import io.cpdevents.platform.state.Outcome.Changed;
import io.cpdevents.platform.state.Outcome.Ignored;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is taken back of the transfer of a payout. Pure: it decides, and its repository saves what
 * it answers.
 */
record TransferReversal(
    UUID payoutId, long amountMinor, TransferReversalStatus status, Progress progress) {

  /**
   * What is known of it.
   *
   * @param nextTryAt when Stripe is asked again; null when it has answered
   * @param stripeId what Stripe has made; null when it has made nothing
   * @param refusedBecause Stripe's code or ours; null when nothing was refused
   */
  record Progress(
      @Nullable Instant nextTryAt, @Nullable String stripeId, @Nullable String refusedBecause) {}

  private static final String NOTHING_LEFT = "nothing-left";

  /**
   * One that is sent to Stripe for the first time.
   *
   * @param nextTryAt when it is sent again if Stripe does not answer
   */
  static TransferReversal sent(UUID payoutId, long amountMinor, Instant nextTryAt) {
    return new TransferReversal(
        payoutId, amountMinor, TransferReversalStatus.SENT, new Progress(nextTryAt, null, null));
  }

  /** One that is not sent, because later payouts have used the money. */
  static TransferReversal ofNothing(UUID payoutId) {
    return new TransferReversal(
        payoutId, 0, TransferReversalStatus.REFUSED, new Progress(null, null, NOTHING_LEFT));
  }

  /** It is sent again. Empty when Stripe has answered. */
  Optional<TransferReversal> sentAgain(Instant nextTryAt) {
    return on(TransferReversalTrigger.SENT_AGAIN, new Progress(nextTryAt, null, null));
  }

  /** Stripe has taken the money back. Empty when that is known. */
  Optional<TransferReversal> made(String stripeId) {
    return on(TransferReversalTrigger.MADE, new Progress(null, stripeId, null));
  }

  /** Stripe does not take the money back. Empty when that is known. */
  Optional<TransferReversal> refused(String because) {
    return on(TransferReversalTrigger.REFUSED, new Progress(null, null, because));
  }

  private Optional<TransferReversal> on(TransferReversalTrigger trigger, Progress after) {
    return switch (TransferReversalStatus.TRANSITIONS.next(status, trigger)) {
      case Changed<TransferReversalStatus>(TransferReversalStatus to, _) ->
          Optional.of(new TransferReversal(payoutId, amountMinor, to, after));
      case Ignored<TransferReversalStatus> _ -> Optional.empty();
    };
  }
}
