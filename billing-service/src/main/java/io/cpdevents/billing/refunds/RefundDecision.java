package io.cpdevents.billing.refunds;

import io.cpdevents.billing.payments.RefundablePayment;
import io.cpdevents.billing.refunds.RefundEffect.Accept;
import io.cpdevents.billing.refunds.RefundEffect.Book;
import io.cpdevents.billing.refunds.RefundEffect.BookUnexplained;
import io.cpdevents.billing.refunds.RefundEffect.ForgetRest;
import io.cpdevents.billing.refunds.RefundEffect.GiveBack;
import io.cpdevents.billing.refunds.RefundEffect.OpenBreak;
import io.cpdevents.billing.refunds.RefundEffect.OweAgain;
import io.cpdevents.billing.refunds.RefundEffect.ResolveBreaks;
import io.cpdevents.billing.refunds.RefundEffect.Save;
import io.cpdevents.billing.refunds.RefundEffect.Send;
import io.cpdevents.billing.refunds.RefundEffect.TellCancelled;
import io.cpdevents.billing.refunds.RefundEffect.TellFailed;
import io.cpdevents.billing.refunds.RefundEffect.TellSucceeded;
import io.cpdevents.billing.refunds.RefundEffect.Wait;
import io.cpdevents.billing.stripe.StripeRefund;
import io.cpdevents.contracts.billing.RefundCause;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.money.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What has to be done about a refund, given the facts. Pure: it reads and writes nothing, and
 * returns a list of effects in the order in which they are carried out. What becomes of a refund
 * that somebody else has made is in {@link RefundAdoption}, and of a charge that its payment did
 * not want in {@link UnwantedCharge}.
 */
final class RefundDecision {

  /** A sweep sends a refund whose task was lost after this. */
  private static final Duration MAX_SENDING_TIME = Duration.ofMinutes(1);

  /** Stripe's code when its balance is too small; the next payment may mend it. */
  private static final String BALANCE_TOO_SMALL = "balance_insufficient";

  private RefundDecision() {}

  /**
   * Another service asks for a refund. Asking twice is asking once; when nothing is left and the
   * request is capped at that, nothing goes back, and that is told. While the payment is disputed
   * nobody knows what will be left, so the request waits. What a lost dispute, or a refund that can
   * be called off, has left nothing for is owed again when that comes to nothing.
   *
   * @throws RuleViolation 409 {@code exceeds-refundable}
   */
  static List<RefundEffect> onRequest(
      RefundFacts facts, AcceptRefund.Command request, Instant now) {
    List<RefundEffect> effects = requested(facts, request, now);
    // Nobody is owed a refund for a warning of fraud: it was to be made before there is a dispute.
    return request.cause() == RefundCause.FRAUD_WARNING
        ? effects.stream().filter(effect -> !(effect instanceof OweAgain)).toList()
        : effects;
  }

  /**
   * What a buyer had in another way is owed again, as far as that has come to nothing. Nobody has
   * been told yet that it is owed, so nobody is told that nothing is left for it.
   */
  static List<RefundEffect> onOwedAgain(
      RefundFacts facts, OwedAgain.Owed owed, UUID newRefundId, Instant now) {
    return requested(facts, owed.request(newRefundId), now).stream()
        .filter(effect -> !(effect instanceof TellCancelled))
        .map(effect ->
            effect instanceof OweAgain(RefundSource source, OwedAgain.Owed rest)
                ? new OweAgain(source, rest.orRestOf(owed.restOf()))
                : effect)
        .toList();
  }

  private static List<RefundEffect> requested(
      RefundFacts facts, AcceptRefund.Command request, Instant now) {
    if (facts.refund(request.refundId()).isPresent()) {
      return List.of();
    }
    if (facts.source().isDisputed()) {
      return List.of(new Wait(facts.source(), request));
    }
    RefundShares shares =
        request.lines().isEmpty()
            ? facts.source().sharesOfAllLeft(request.cause())
            : facts
                .source()
                .sharesOfTickets(request.cause(), request.lines(), request.cappedAtRemaining());
    if (shares.isEmpty() && !request.cappedAtRemaining()) {
      throw RefundShares.exceedsRefundable();
    }
    List<RefundEffect> effects =
        shares.isEmpty()
            ? List.of(
                new TellCancelled(
                    facts.source(), request.refundId(), asked(facts, request), request.cause()))
            : accepted(facts, request.refundId(), request.cause(), null, shares, now);
    return Stream.concat(effects.stream(), owedAgain(facts, request, shares).stream()).toList();
  }

  private static Optional<RefundEffect> owedAgain(
      RefundFacts facts, AcceptRefund.Command request, RefundShares accepted) {
    return facts.source() instanceof RefundSource.OfPayment(RefundablePayment payment)
        ? OwedAgain.ofRequest(payment, facts.refunds(), request, accepted)
            .map(rest -> new OweAgain(facts.source(), rest))
        : Optional.empty();
  }

  /**
   * A refund is accepted and sent.
   *
   * @param askedBy who has asked for it by hand; null when nobody has
   * @param shares something that is left
   */
  static List<RefundEffect> accepted(
      RefundFacts facts,
      UUID refundId,
      RefundCause cause,
      @Nullable AskedBy askedBy,
      RefundShares shares,
      Instant now) {
    Refund refund =
        Refund.requested(
            refundId,
            facts.source().origin(),
            cause,
            askedBy,
            shares,
            now,
            now.plus(MAX_SENDING_TIME));
    return List.of(new Accept(facts.source(), refund), new Send(refund.id()));
  }

  /**
   * Stripe tells how a refund stands: perhaps twice, late, in any order, and also of refunds that
   * we did not make.
   *
   * @param othersAreSettled whether what became of our other refunds of the money is known
   * @param newRefundId for the obligation that a refund made at Stripe may become
   * @return empty when that depends on what became of our other refunds
   */
  static Optional<List<RefundEffect>> onStripeRefund(
      RefundFacts facts,
      StripeRefund stripeRefund,
      boolean othersAreSettled,
      UUID newRefundId,
      Instant now) {
    Optional<RefundAdoption.Subject> known = RefundAdoption.known(facts, stripeRefund);
    if (known.isEmpty() && !othersAreSettled && RefundAdoption.exceeds(facts, stripeRefund)) {
      return Optional.empty();
    }
    return Optional.of(
        known
            .or(() -> RefundAdoption.adopted(facts, stripeRefund, newRefundId, now))
            .map(subject -> followed(facts, subject, stripeRefund, now))
            .orElseGet(() -> RefundAdoption.unknown(facts, stripeRefund)));
  }

  /** A refund at Stripe of no payment of ours: its movements go to suspense. */
  static List<RefundEffect> onUnknownRefund(StripeRefund stripeRefund) {
    return Stream.concat(
            Stream.ofNullable(stripeRefund.balanceTransaction()),
            Stream.ofNullable(stripeRefund.failureBalanceTransaction()))
        .<RefundEffect>map(BookUnexplained::new)
        .toList();
  }

  /** Stripe has refused an attempt for good: the money is still owed. */
  static List<RefundEffect> onRefusal(
      RefundFacts facts, UUID refundId, int attempt, String reason, Instant now) {
    Refund refund = facts.refund(refundId).orElseThrow();
    Optional<RefundAttempt> sent = refund.attempt(attempt);
    if (sent.isEmpty() || sent.get().isAnswered()) {
      return List.of();
    }
    Refund refused = refund.refused(attempt, reason);
    return refund.current().number() == attempt
        ? failed(
            facts, refused, attempt, refused.ownBreakId(), !reason.equals(BALANCE_TOO_SMALL), now)
        : List.of(new Save(refused));
  }

  /** Two people have said that they have paid the buyer past Stripe. */
  static List<RefundEffect> onPaidOtherwise(RefundFacts facts, Refund owed, Instant now) {
    return done(facts, owed.paidOtherwise(now));
  }

  /** Stripe refunds the payment again: what waited for that is sent. */
  static List<RefundEffect> onEndOfDispute(RefundFacts facts, Instant now) {
    return facts.refunds().stream()
        .filter(Refund::waitsForDispute)
        .<RefundEffect>map(refund -> new Save(refund.postponed(now)))
        .toList();
  }

  private static Money asked(RefundFacts facts, AcceptRefund.Command request) {
    return request.lines().stream()
        .map(AcceptRefund.Line::amount)
        .reduce(Money::plus)
        .orElseGet(facts.source()::captured);
  }

  private static List<RefundEffect> followed(
      RefundFacts facts, RefundAdoption.Subject subject, StripeRefund stripeRefund, Instant now) {
    List<RefundEffect> effects = new ArrayList<>(subject.before());
    if (subject.refund().isPaidOtherwise()) {
      // The buyer has the money: what Stripe moves for it after all is nobody's.
      effects.addAll(RefundAdoption.unknown(facts, stripeRefund));
      effects.add(new Save(subject.refund().answered(subject.attempt(), stripeRefund)));
      return List.copyOf(effects);
    }
    effects.addAll(booked(subject.refund(), stripeRefund));
    effects.addAll(takenOver(facts, subject, stripeRefund, now));
    return List.copyOf(effects);
  }

  private static List<RefundEffect> booked(Refund refund, StripeRefund stripeRefund) {
    Money amount = stripeRefund.amount();
    return Stream.concat(
            Stream.ofNullable(stripeRefund.balanceTransaction())
                .<RefundEffect>map(
                    taken -> new Book(refund.paymentId(), refund.id(), taken, amount)),
            Stream.ofNullable(stripeRefund.failureBalanceTransaction())
                .map(returned ->
                    new Book(refund.paymentId(), refund.id(), returned, amount.negate())))
        .toList();
  }

  private static List<RefundEffect> takenOver(
      RefundFacts facts, RefundAdoption.Subject subject, StripeRefund stripeRefund, Instant now) {
    RefundAttempt attempt = subject.refund().attempt(subject.attempt()).orElseThrow();
    if (attempt.isOver()
        && attempt.isAnswered()
        && stripeRefund.status() != attempt.stripeStatus()) {
      // The attempt has failed or was called off: an earlier state of it is late.
      return List.of();
    }
    Refund refund = subject.refund().answered(attempt.number(), stripeRefund);
    if (!counts(subject.refund(), attempt, stripeRefund)) {
      return List.of(new Save(refund));
    }
    return switch (stripeRefund.status()) {
      case PENDING -> List.of(new Save(refund.accepted().orElse(refund)));
      case SUCCEEDED -> succeeded(facts, refund, now);
      case FAILED -> failed(facts, refund, attempt.number(), stripeRefund, now);
      case CANCELED ->
          isStillOwed(refund, stripeRefund)
              ? failed(facts, refund, attempt.number(), stripeRefund.id(), true, now)
              : cancelled(facts, refund, stripeRefund, now);
    };
  }

  /**
   * Whether what became of an attempt decides about the refund: of the current one, and of an
   * earlier one that goes through after all while no other one is under way.
   */
  private static boolean counts(Refund refund, RefundAttempt attempt, StripeRefund stripeRefund) {
    RefundAttempt current = refund.current();
    if (current.number() == attempt.number()) {
      return !attempt.isOver() || !attempt.isAnswered();
    }
    return stripeRefund.goesThrough()
        && refund.isOwed()
        && (current.isUntouched() || current.isOver());
  }

  /** Whether somebody made it at Stripe, who then decides about the next attempt. */
  private static boolean isMadeAtStripe(Refund refund, StripeRefund stripeRefund) {
    return !refund.id().equals(stripeRefund.refundId());
  }

  /**
   * Whether the buyer is owed the money although somebody has called it off at Stripe: a person has
   * to help. What was made at Stripe in place of ours, and called off there, leaves ours owed, too.
   */
  private static boolean isStillOwed(Refund refund, StripeRefund calledOff) {
    return refund.isOwedWhateverHappens() || (refund.isOurs() && isMadeAtStripe(refund, calledOff));
  }

  private static List<RefundEffect> succeeded(RefundFacts facts, Refund refund, Instant now) {
    return refund
        .succeeded(now)
        .map(succeeded -> done(facts, succeeded))
        .orElseGet(() -> List.of(new Save(refund)));
  }

  private static List<RefundEffect> done(RefundFacts facts, Refund succeeded) {
    return Stream.concat(
            Stream.of(
                new Save(succeeded),
                new ResolveBreaks(succeeded),
                new TellSucceeded(facts.source(), succeeded)),
            UnwantedCharge.resolved(facts, succeeded).stream())
        .toList();
  }

  private static List<RefundEffect> failed(
      RefundFacts facts, Refund refund, int attempt, StripeRefund stripeRefund, Instant now) {
    return failed(
        facts, refund, attempt, stripeRefund.id(), isMadeAtStripe(refund, stripeRefund), now);
  }

  /**
   * An attempt has come to nothing: another one follows, or a person has to help. One that a
   * dispute was in the way of follows after the dispute. But when Stripe goes on to name a dispute
   * and none is open, a lost one has taken the money, in another currency for example: a person has
   * to help.
   *
   * @param refund with the attempt's failure
   * @param noAutomaticRetry whether none follows by itself
   */
  private static List<RefundEffect> failed(
      RefundFacts facts,
      Refund refund,
      int attempt,
      String stripeId,
      boolean noAutomaticRetry,
      Instant now) {
    RefundAttempt failedAttempt = refund.attempt(attempt).orElseThrow();
    boolean afterSuccess = refund.status() == RefundStatus.SUCCEEDED;
    boolean isDisputed = failedAttempt.wasDisputed() && refund.isOurs();
    boolean isForGood = isDisputed && !facts.source().isDisputed() && refund.wasDisputedTooOften();
    if (isDisputed && !isForGood && !afterSuccess) {
      return List.of(new Save(refund.disputed(now, facts.source().isDisputed()).orElse(refund)));
    }
    Optional<Refund> failed = refund.attemptFailed(noAutomaticRetry || isForGood, now);
    if (failed.isEmpty()) {
      return List.of(new Save(refund));
    }
    List<RefundEffect> effects = new ArrayList<>();
    effects.add(new Save(failed.get()));
    if (failed.get().needsPerson()) {
      effects.add(new OpenBreak(failed.get(), stripeId));
    }
    effects.add(
        new TellFailed(facts.source(), failed.get(), failedAttempt.failure(), afterSuccess));
    return List.copyOf(effects);
  }

  private static List<RefundEffect> cancelled(
      RefundFacts facts, Refund refund, StripeRefund calledOff, Instant now) {
    return refund
        .cancelled()
        .map(cancelled ->
            Stream.concat(
                    Stream.of(
                        new Save(cancelled),
                        new GiveBack(facts.source(), cancelled),
                        new ForgetRest(cancelled),
                        tellCancelled(facts.source(), cancelled)),
                    UnwantedCharge.leftAgain(facts, cancelled, calledOff, now).stream())
                .toList())
        .orElseGet(() -> List.of(new Save(refund)));
  }

  static TellCancelled tellCancelled(RefundSource source, Refund cancelled) {
    return new TellCancelled(source, cancelled.id(), cancelled.amount(), cancelled.cause());
  }
}
