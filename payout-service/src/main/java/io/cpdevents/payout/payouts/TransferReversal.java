package io.cpdevents.payout.payouts;

import io.cpdevents.platform.state.Outcome.Changed;
import io.cpdevents.platform.state.Outcome.Ignored;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is taken back of the transfer of a payout. Pure: it decides, and its repository saves what
 * it answers.
 */
record TransferReversal(
    UUID payoutId,
    long amountMinor,
    Instant requestedAt,
    TransferReversalStatus status,
    Attempt attempt,
    Progress progress) {

  /**
   * How it is sent to Stripe.
   *
   * @param number rises when Stripe has not answered for long, so that the next has a key of its
   *     own
   * @param sentAt system time: when it was sent first with this key
   */
  record Attempt(int number, Instant sentAt) {

    private Attempt again(Instant systemNow) {
      return sentAt.plus(MAX_KEY_TIME).isBefore(systemNow)
          ? new Attempt(number + 1, systemNow)
          : this;
    }
  }

  /**
   * What is known of it.
   *
   * @param nextTryAt when Stripe is asked again; null when it has answered
   * @param stripeId what Stripe has made; null when it has made nothing
   * @param refusedBecause Stripe's code or ours; null when nothing was refused
   */
  record Progress(
      @Nullable Instant nextTryAt, @Nullable String stripeId, @Nullable String refusedBecause) {}

  /** A key is given up after this time, because Stripe may have stored a failure under it. */
  private static final Duration MAX_KEY_TIME = Duration.ofMinutes(10);

  private static final String NOTHING_LEFT = "nothing-left";

  /**
   * One that is sent to Stripe for the first time.
   *
   * @param nextTryAt when it is sent again if Stripe does not answer
   */
  static TransferReversal sent(
      UUID payoutId, long amountMinor, Instant now, Instant systemNow, Instant nextTryAt) {
    return new TransferReversal(
        payoutId,
        amountMinor,
        now,
        TransferReversalStatus.SENT,
        new Attempt(1, systemNow),
        new Progress(nextTryAt, null, null));
  }

  /** One that is not sent, because later payouts have used the money. */
  static TransferReversal ofNothing(UUID payoutId, Instant now, Instant systemNow) {
    return new TransferReversal(
        payoutId,
        0,
        now,
        TransferReversalStatus.REFUSED,
        new Attempt(1, systemNow),
        new Progress(null, null, NOTHING_LEFT));
  }

  /** It is sent again, once it was looked for at Stripe. Empty when Stripe has answered. */
  Optional<TransferReversal> sentAgain(Instant systemNow, Instant nextTryAt) {
    return on(
        TransferReversalTrigger.SENT_AGAIN,
        attempt.again(systemNow),
        new Progress(nextTryAt, null, null));
  }

  /** The key under which it is sent. */
  String idempotencyKey() {
    return "reversal:%s:%d".formatted(payoutId, attempt.number());
  }

  /** Stripe has taken the money back. Empty when that is known. */
  Optional<TransferReversal> made(String stripeId) {
    return on(TransferReversalTrigger.MADE, attempt, new Progress(null, stripeId, null));
  }

  /** Stripe does not take the money back. Empty when that is known. */
  Optional<TransferReversal> refused(String because) {
    return on(TransferReversalTrigger.REFUSED, attempt, new Progress(null, null, because));
  }

  private Optional<TransferReversal> on(
      TransferReversalTrigger trigger, Attempt sent, Progress after) {
    return switch (TransferReversalStatus.TRANSITIONS.next(status, trigger)) {
      case Changed<TransferReversalStatus>(TransferReversalStatus to, _) ->
          Optional.of(new TransferReversal(payoutId, amountMinor, requestedAt, to, sent, after));
      case Ignored<TransferReversalStatus> _ -> Optional.empty();
    };
  }
}
