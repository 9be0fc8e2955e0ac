package io.cpdevents.billing.refunds;

import io.cpdevents.billing.refunds.RefundEffect.Accept;
import io.cpdevents.billing.refunds.RefundEffect.BookWithoutTrace;
import io.cpdevents.billing.refunds.RefundEffect.GiveBack;
import io.cpdevents.billing.refunds.RefundEffect.OweAgain;
import io.cpdevents.billing.refunds.RefundEffect.Reduce;
import io.cpdevents.billing.refunds.RefundEffect.ResolveBreaks;
import io.cpdevents.billing.refunds.RefundEffect.Save;
import io.cpdevents.billing.stripe.StripeBalanceTransaction;
import io.cpdevents.billing.stripe.StripeRefund;
import io.cpdevents.contracts.billing.RefundCause;
import io.cpdevents.platform.money.Money;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Which refund of ours a refund at Stripe is, and what gives way to one that somebody else has
 * made. Stripe never gives back more than it has taken: when one of its refunds and what we owe are
 * more than that together, what we owe cannot be sent as it is. Pure.
 */
final class RefundAdoption {

  /**
   * The attempt that a refund at Stripe is.
   *
   * @param before what has to be done before its state is taken over
   */
  record Subject(Refund refund, int attempt, List<RefundEffect> before) {

    private static Subject of(Refund refund, int attempt) {
      return new Subject(refund, attempt, List.of());
    }
  }

  /**
   * Room that ours have made.
   *
   * @param rest what is left after that
   * @param effects by which they give way
   * @param missing what they could not make room for
   */
  record Room(RefundSource rest, List<RefundEffect> effects, Money missing) {}

  private RefundAdoption() {}

  /** The attempt that we know it as, or that we have made it for. */
  static Optional<Subject> known(RefundFacts facts, StripeRefund stripeRefund) {
    Optional<Subject> known =
        facts
            .refundOf(stripeRefund.id())
            .map(refund ->
                Subject.of(refund, refund.attemptOf(stripeRefund.id()).orElseThrow().number()));
    if (known.isPresent()) {
      return known;
    }
    return Optional.ofNullable(stripeRefund.refundId())
        .flatMap(facts::refund)
        .filter(refund ->
            refund
                .attempt(stripeRefund.attempt())
                .filter(attempt -> !attempt.isAnswered())
                .isPresent())
        .map(refund -> Subject.of(refund, stripeRefund.attempt()));
  }

  /** Whether it is more than we know to be left. */
  static boolean exceeds(RefundFacts facts, StripeRefund stripeRefund) {
    return isSameMoney(facts, stripeRefund)
        && stripeRefund.amount().compareTo(facts.source().left()) > 0;
  }

  /**
   * A refund that we have not made. It is the one that a person was asked for; else it is one of
   * its own if so much is left; else somebody was faster than we with one of ours; else ours give
   * way to it. Empty when it fits nowhere.
   */
  static Optional<Subject> adopted(
      RefundFacts facts, StripeRefund stripeRefund, UUID newRefundId, Instant now) {
    if (!isSameMoney(facts, stripeRefund)) {
      return Optional.empty();
    }
    Optional<Refund> helped =
        facts.refunds().stream()
            .filter(each -> facts.waitsForPerson(each) && isOfAmount(each, stripeRefund))
            .findFirst();
    if (helped.isPresent()) {
      Refund next = helped.get().withNextAttempt();
      return Optional.of(Subject.of(next, next.current().number()));
    }
    if (!exceeds(facts, stripeRefund)) {
      return Optional.of(ofItsOwn(facts.source(), List.of(), stripeRefund, newRefundId, now));
    }
    if (!stripeRefund.goesThrough()) {
      return Optional.empty();
    }
    Optional<Refund> overtaken =
        facts.refunds().stream()
            .filter(each -> each.status() == RefundStatus.REQUESTED)
            .filter(each -> each.canBeOvertaken() && isOfAmount(each, stripeRefund))
            .findFirst();
    return overtaken.isPresent()
        ? overtaken.map(refund -> Subject.of(refund, refund.current().number()))
        : madeRoomFor(facts, stripeRefund, newRefundId, now);
  }

  /** A refund that fits nowhere: its movements go to suspense, unless they cancel out. */
  static List<RefundEffect> unknown(RefundFacts facts, StripeRefund stripeRefund) {
    StripeBalanceTransaction taken = stripeRefund.balanceTransaction();
    StripeBalanceTransaction returned = stripeRefund.failureBalanceTransaction();
    if (taken != null && returned != null && taken.net().plus(returned.net()).isZero()) {
      return List.of(new BookWithoutTrace(facts.source().paymentId(), taken, returned));
    }
    return RefundDecision.onUnknownRefund(stripeRefund);
  }

  /** Ours give way until it fits; empty when they cannot. */
  private static Optional<Subject> madeRoomFor(
      RefundFacts facts, StripeRefund stripeRefund, UUID newRefundId, Instant now) {
    Money missing = stripeRefund.amount().minus(facts.source().left());
    Room room = madeRoom(facts, missing, stripeRefund.id(), now);
    return room.missing().isPositive()
        ? Optional.empty()
        : Optional.of(
            ofItsOwn(
                room.rest(),
                Stream.concat(room.effects().stream(), owedAgain(facts, room)).toList(),
                stripeRefund,
                newRefundId,
                now));
  }

  /** What has given way is owed again when what it gave way to comes to nothing. */
  static Stream<RefundEffect> owedAgain(RefundFacts facts, Room room) {
    return OwedAgain.ofGivenWay(room.effects()).stream()
        .map(owed -> new OweAgain(facts.source(), owed));
  }

  /**
   * Less of ours is owed: those first with which a person has to help, and last those that Stripe
   * may be doing at this moment.
   *
   * @param missing how much less
   * @param overtakenBy what the buyer has at Stripe instead
   */
  static Room madeRoom(RefundFacts facts, Money missing, String overtakenBy, Instant now) {
    RefundSource rest = facts.source();
    Money stillMissing = missing;
    List<RefundEffect> effects = new ArrayList<>();
    for (Refund owed : canGiveWay(facts)) {
      if (!stillMissing.isPositive()) {
        break;
      }
      Money less = stillMissing.compareTo(owed.amount()) < 0 ? stillMissing : owed.amount();
      RefundShares kept = rest.reduced(owed.shares(), owed.cause(), owed.amount().minus(less));
      Refund after = owed.overtaken(kept, now);
      effects.addAll(
          kept.isEmpty()
              ? cancelled(rest, after)
              : List.of(
                  new Reduce(rest, owed, after, overtakenBy),
                  new Save(after),
                  new ResolveBreaks(after)));
      rest = rest.without(owed.shares()).with(kept);
      stillMissing = stillMissing.minus(less);
    }
    return new Room(rest, effects, stillMissing);
  }

  private static List<Refund> canGiveWay(RefundFacts facts) {
    return facts.refunds().stream()
        .filter(Refund::canBeOvertaken)
        .sorted(
            Comparator.comparing((Refund refund) -> !facts.waitsForPerson(refund))
                .thenComparing(refund -> !refund.current().isUntouched()))
        .toList();
  }

  private static List<RefundEffect> cancelled(RefundSource source, Refund after) {
    return List.of(
        new Save(after),
        new GiveBack(source, after),
        new ResolveBreaks(after),
        RefundDecision.tellCancelled(source, after));
  }

  private static Subject ofItsOwn(
      RefundSource source,
      List<RefundEffect> before,
      StripeRefund stripeRefund,
      UUID newRefundId,
      Instant now) {
    RefundShares shares = source.sharesOf(RefundCause.MADE_AT_STRIPE, stripeRefund.amount());
    Refund made = Refund.madeAtStripe(newRefundId, source.origin(), shares, now);
    List<RefundEffect> effects = new ArrayList<>(before);
    effects.add(new Accept(source, made));
    return new Subject(made, made.current().number(), List.copyOf(effects));
  }

  private static boolean isSameMoney(RefundFacts facts, StripeRefund stripeRefund) {
    return stripeRefund.amount().currency().equals(facts.source().captured().currency());
  }

  private static boolean isOfAmount(Refund refund, StripeRefund stripeRefund) {
    return refund.amount().equals(stripeRefund.amount());
  }
}
