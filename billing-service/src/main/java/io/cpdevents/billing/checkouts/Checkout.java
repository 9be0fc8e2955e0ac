package io.cpdevents.billing.checkouts;

import io.cpdevents.billing.stripe.StripeCheckoutSession;
import io.cpdevents.platform.state.Outcome.Changed;
import io.cpdevents.platform.state.Outcome.Ignored;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to take a payment on Stripe's page. What is sent is saved before it is sent, so that
 * a repeat is the same request. Pure: it decides, and its repository saves what it answers.
 *
 * @param expiresAt when Stripe closes the page
 * @param nextCheckAt when Stripe is asked about the page
 */
record Checkout(
    UUID id,
    UUID paymentId,
    int attempt,
    String successUrl,
    String cancelUrl,
    Instant expiresAt,
    Progress progress,
    Instant nextCheckAt) {

  /**
   * How far a checkout has come.
   *
   * @param claimedUntil until then somebody is sending the request, or closes the page so that
   *     another replaces it; system time
   * @param sessionId Stripe's; null until it has answered
   * @param url where the page is; null until Stripe has answered, and when the page has ended
   * @param failure why Stripe has refused
   */
  record Progress(
      CheckoutStatus status,
      @Nullable Instant claimedUntil,
      @Nullable String sessionId,
      @Nullable String url,
      @Nullable String failure) {}

  /** An attempt that is about to be sent. */
  static Checkout requested(
      UUID id,
      UUID paymentId,
      int attempt,
      String successUrl,
      String cancelUrl,
      Instant expiresAt,
      Instant claimedUntil) {
    return new Checkout(
        id,
        paymentId,
        attempt,
        successUrl,
        cancelUrl,
        expiresAt,
        new Progress(CheckoutStatus.REQUESTED, claimedUntil, null, null, null),
        expiresAt);
  }

  /** Whether somebody can pay on the page, or may turn out to be able to. */
  boolean isLive() {
    return progress.status().isLive();
  }

  /** Whether the page sends the buyer back to where this command wants it to. */
  boolean returnsTo(StartCheckout.Command command) {
    return successUrl.equals(command.successUrl()) && cancelUrl.equals(command.cancelUrl());
  }

  /** Whether somebody is sending the request or closing the page now. */
  boolean isClaimed(Instant systemNow) {
    Instant until = progress.claimedUntil();
    return until != null && systemNow.isBefore(until);
  }

  /** The idempotency key of its session. */
  String idempotencyKey() {
    return "checkout:%s:%d".formatted(paymentId, attempt);
  }

  /** Somebody is sending the request or closing the page, and has it until then; system time. */
  Checkout claimed(Instant until) {
    return with(
        new Progress(
            progress.status(), until, progress.sessionId(), progress.url(), progress.failure()));
  }

  /** The request was sent and its answer is not known: whoever comes next repeats it. */
  Checkout released() {
    return with(
        new Progress(
            progress.status(), null, progress.sessionId(), progress.url(), progress.failure()));
  }

  /** Stripe has answered. The session is kept also when the checkout was given up meanwhile. */
  Checkout opened(StripeCheckoutSession session, Instant firstCheckAt) {
    CheckoutStatus status =
        switch (CheckoutStatus.TRANSITIONS.next(progress.status(), CheckoutTrigger.PAGE_OPENED)) {
          case Changed<CheckoutStatus>(CheckoutStatus to, _) -> to;
          case Ignored<CheckoutStatus> _ -> progress.status();
        };
    Checkout opened =
        new Checkout(
            id,
            paymentId,
            attempt,
            successUrl,
            cancelUrl,
            expiresAt,
            new Progress(status, null, session.id(), session.url(), progress.failure()),
            firstCheckAt);
    // Without an address it is the answer to a repeat, and the page has ended meanwhile.
    return session.url() == null ? opened.expired().orElse(opened) : opened;
  }

  /** Stripe has refused to make the page. Empty when that does not matter any more. */
  Optional<Checkout> refused(String failure) {
    return ended(CheckoutTrigger.PAGE_REFUSED, failure);
  }

  /** The buyer has finished the page. Empty when it has ended before. */
  Optional<Checkout> completed() {
    return ended(CheckoutTrigger.PAGE_COMPLETED, progress.failure());
  }

  /** The page was closed without money. Empty when it has ended before. */
  Optional<Checkout> expired() {
    return ended(CheckoutTrigger.PAGE_EXPIRED, progress.failure());
  }

  private Optional<Checkout> ended(CheckoutTrigger trigger, @Nullable String failure) {
    return switch (CheckoutStatus.TRANSITIONS.next(progress.status(), trigger)) {
      case Changed<CheckoutStatus>(CheckoutStatus to, _) ->
          Optional.of(with(new Progress(to, null, progress.sessionId(), progress.url(), failure)));
      case Ignored<CheckoutStatus> _ -> Optional.empty();
    };
  }

  private Checkout with(Progress newProgress) {
    return new Checkout(
        id, paymentId, attempt, successUrl, cancelUrl, expiresAt, newProgress, nextCheckAt);
  }
}
