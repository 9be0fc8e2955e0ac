package io.cpdevents.billing.refunds;

import io.cpdevents.billing.refunds.RefundEffect.Accept;
import io.cpdevents.billing.refunds.RefundEffect.Book;
import io.cpdevents.billing.refunds.RefundEffect.BookUnexplained;
import io.cpdevents.billing.refunds.RefundEffect.GiveBack;
import io.cpdevents.billing.refunds.RefundEffect.OpenBreak;
import io.cpdevents.billing.refunds.RefundEffect.ResolveBreaks;
import io.cpdevents.billing.refunds.RefundEffect.Save;
import io.cpdevents.billing.refunds.RefundEffect.Send;
import io.cpdevents.billing.refunds.RefundEffect.TellSucceeded;
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

/**
 * What has to be done about a refund, given the facts. Pure: it reads and writes nothing, and
 * answers a list of effects in the order in which they are carried out.
 */
final class RefundDecision {

  /** A sweep sends a refund whose task was lost after this. */
  private static final Duration MAX_TIME_TO_SEND = Duration.ofMinutes(1);

  /**
   * The attempt that a refund at Stripe is.
   *
   * @param isNew whether its refund was not known before
   */
  private record Subject(Refund refund, int attempt, boolean isNew) {}

  private RefundDecision() {}

  /**
   * Somebody asks for a refund. Asking twice is asking once; when nothing is left and the request
   * is capped at that, nothing goes back.
   *
   * @throws RuleViolation 409 {@code exceeds-refundable}
   */
  static List<RefundEffect> onRequest(
      RefundFacts facts, AcceptRefund.Command request, Instant now) {
    if (facts.refund(request.refundId()).isPresent()) {
      return List.of();
    }
    RefundShares shares =
        request.lines().isEmpty()
            ? RefundShares.ofAllLeft(facts.payment(), request.cause())
            : RefundShares.ofTickets(
                facts.payment(), request.cause(), request.lines(), request.cappedAtRemaining());
    if (shares.isEmpty()) {
      if (request.cappedAtRemaining()) {
        return List.of();
      }
      throw RefundShares.exceedsRefundable();
    }
    Refund refund =
        Refund.requested(
            request.refundId(),
            facts.payment().id(),
            request.cause(),
            shares,
            now,
            now.plus(MAX_TIME_TO_SEND));
    return List.of(new Accept(facts.payment(), refund), new Send(refund.id()));
  }

  /**
   * Stripe tells how a refund stands: perhaps twice, late, in any order, and also of refunds that
   * we did not make.
   *
   * @param newRefundId for the obligation that a refund made at Stripe may become
   */
  static List<RefundEffect> onStripeRefund(
      RefundFacts facts, StripeRefund stripeRefund, UUID newRefundId, Instant now) {
    Optional<Subject> found = subject(facts, stripeRefund, newRefundId, now);
    if (found.isEmpty()) {
      return onUnknownRefund(stripeRefund);
    }
    Subject subject = found.get();
    List<RefundEffect> effects = new ArrayList<>();
    if (subject.isNew()) {
      effects.add(new Accept(facts.payment(), subject.refund()));
    }
    effects.addAll(booked(subject.refund(), stripeRefund));
    effects.addAll(takenOver(facts, subject, stripeRefund, now));
    return List.copyOf(effects);
  }

  /** A refund at Stripe that fits no refund or payment of ours: its movements go to suspense. */
  static List<RefundEffect> onUnknownRefund(StripeRefund stripeRefund) {
    return Stream.concat(
            Stream.ofNullable(stripeRefund.balanceTransaction()),
            Stream.ofNullable(stripeRefund.failureBalanceTransaction()))
        .<RefundEffect>map(BookUnexplained::new)
        .toList();
  }

  /** Stripe has refused an attempt for good: the money is still owed, and a person has to help. */
  static List<RefundEffect> onRefusal(
      RefundFacts facts, UUID refundId, int attempt, String reason, Instant now) {
    Refund refund = facts.refund(refundId).orElseThrow();
    if (refund.current().number() != attempt || refund.current().isAnswered()) {
      return List.of();
    }
    Refund refused = refund.refused(reason);
    return failed(refused, refused.ownBreakId(), true, now);
  }

  /** Which attempt of which refund it is; empty when it fits none and cannot be a new one. */
  private static Optional<Subject> subject(
      RefundFacts facts, StripeRefund stripeRefund, UUID newRefundId, Instant now) {
    Optional<Refund> known = facts.refundOf(stripeRefund.id());
    if (known.isPresent()) {
      int attempt = known.get().attemptOf(stripeRefund.id()).orElseThrow().number();
      return Optional.of(new Subject(known.get(), attempt, false));
    }
    Optional<Refund> ours = Optional.ofNullable(stripeRefund.refundId()).flatMap(facts::refund);
    if (ours.isPresent()) {
      Optional<RefundAttempt> sent = ours.get().attempt(stripeRefund.attempt());
      if (sent.isEmpty()) {
        return Optional.empty();
      }
      if (!sent.get().isAnswered()) {
        return Optional.of(new Subject(ours.get(), stripeRefund.attempt(), false));
      }
    }
    return subjectMadeAtStripe(facts, stripeRefund, newRefundId, now);
  }

  /**
   * A refund that was made at Stripe. It is the one that a person was asked for; else it is one of
   * its own if so much is left; else somebody was faster than we with one of ours.
   */
  private static Optional<Subject> subjectMadeAtStripe(
      RefundFacts facts, StripeRefund stripeRefund, UUID newRefundId, Instant now) {
    List<Refund> owed =
        facts.refunds().stream()
            .filter(refund -> refund.isOwed() && refund.amount().equals(stripeRefund.amount()))
            .toList();
    Optional<Refund> helped =
        owed.stream().filter(each -> facts.waitingForPerson().contains(each.id())).findFirst();
    if (helped.isPresent()) {
      Refund next = helped.get().withNextAttempt();
      return Optional.of(new Subject(next, next.current().number(), false));
    }
    if (isLeft(facts, stripeRefund.amount())) {
      RefundShares shares =
          RefundShares.ofAmount(facts.payment(), RefundCause.MADE_AT_STRIPE, stripeRefund.amount());
      Refund made = Refund.madeAtStripe(newRefundId, facts.payment().id(), shares, now);
      return Optional.of(new Subject(made, made.current().number(), true));
    }
    if (!stripeRefund.goesThrough()) {
      return Optional.empty();
    }
    return owed.stream()
        .filter(refund -> refund.status() == RefundStatus.REQUESTED)
        .findFirst()
        .map(refund -> new Subject(refund, refund.current().number(), false));
  }

  private static boolean isLeft(RefundFacts facts, Money amount) {
    return amount.currency().equals(facts.payment().captured().currency())
        && amount.compareTo(facts.payment().refundable()) <= 0;
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
      RefundFacts facts, Subject subject, StripeRefund stripeRefund, Instant now) {
    RefundAttempt attempt = subject.refund().attempt(subject.attempt()).orElseThrow();
    if (attempt.isOver() && stripeRefund.status() != attempt.stripeStatus()) {
      // The attempt has failed or was called off: an earlier state of it is late.
      return List.of();
    }
    Refund refund = subject.refund().answered(attempt.number(), stripeRefund);
    boolean counts = refund.current().number() == attempt.number() && !attempt.isOver();
    if (!counts) {
      return List.of(new Save(refund));
    }
    return switch (stripeRefund.status()) {
      case PENDING -> List.of(new Save(refund.accepted().orElse(refund)));
      case SUCCEEDED -> succeeded(facts, refund, now);
      case FAILED -> failed(refund, stripeRefund.id(), isMadeAtStripe(refund, stripeRefund), now);
      case CANCELED ->
          refund.isOurs() && isMadeAtStripe(refund, stripeRefund)
              ? failed(refund, stripeRefund.id(), true, now)
              : cancelled(facts, refund);
    };
  }

  /** Whether somebody made it at Stripe, who then decides about the next attempt. */
  private static boolean isMadeAtStripe(Refund refund, StripeRefund stripeRefund) {
    return !refund.id().equals(stripeRefund.refundId());
  }

  private static List<RefundEffect> succeeded(RefundFacts facts, Refund refund, Instant now) {
    return refund
        .succeeded(now)
        .<List<RefundEffect>>map(succeeded ->
            List.of(
                new Save(succeeded),
                new ResolveBreaks(succeeded),
                new TellSucceeded(facts.payment(), succeeded)))
        .orElseGet(() -> List.of(new Save(refund)));
  }

  private static List<RefundEffect> failed(
      Refund refund, String stripeId, boolean noAutomaticRetry, Instant now) {
    Optional<Refund> failed = refund.attemptFailed(noAutomaticRetry, now);
    if (failed.isEmpty()) {
      return List.of(new Save(refund));
    }
    return failed.get().needsPerson()
        ? List.of(new Save(failed.get()), new OpenBreak(failed.get(), stripeId))
        : List.of(new Save(failed.get()));
  }

  private static List<RefundEffect> cancelled(RefundFacts facts, Refund refund) {
    return refund
        .cancelled()
        .<List<RefundEffect>>map(
            cancelled -> List.of(new Save(cancelled), new GiveBack(facts.payment(), cancelled)))
        .orElseGet(() -> List.of(new Save(refund)));
  }
}
