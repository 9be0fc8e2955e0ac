package io.cpdevents.billing.refunds;

import io.cpdevents.billing.ledger.BreakKind;
import io.cpdevents.billing.refunds.RefundEffect.OpenObjection;
import io.cpdevents.billing.refunds.RefundEffect.ResolveDispute;
import io.cpdevents.billing.refunds.RefundEffect.ResolveObjection;
import io.cpdevents.billing.stripe.StripeBalanceTransaction;
import io.cpdevents.billing.stripe.StripeDispute;
import io.cpdevents.billing.stripe.StripeRefund;
import io.cpdevents.contracts.billing.RefundCause;
import io.cpdevents.platform.money.Money;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What has to be done about a charge that its payment did not want, when a bank disputes it or a
 * refund of it has ended: the buyer gets its money once, or people say whose it is. Pure.
 */
final class UnwantedCharge {

  private UnwantedCharge() {}

  /**
   * A dispute of a charge that its payment did not want stands otherwise than before. What the
   * buyer has by a lost one is not owed as well; what a bank gives back after all is owed again.
   *
   * @param facts with what the dispute has taken now
   */
  static List<RefundEffect> onDispute(
      RefundFacts facts, StripeDispute dispute, UUID newRefundId, Instant now) {
    // What has moved no money leaves everything as it was, also beside another that has.
    if (!(facts.source() instanceof RefundSource.OfCharge source)
        || source.isDisputed()
        || dispute.balanceTransactions().isEmpty()) {
      return List.of();
    }
    Money overdrawn = source.charge().overdrawn();
    if (overdrawn.isPositive()) {
      RefundAdoption.Room room =
          RefundAdoption.madeRoom(facts, overdrawn, dispute.lastMovement().id(), now);
      return Stream.concat(
              room.effects().stream(),
              room.missing().isPositive()
                  ? beyond(source, overdrawn.minus(room.missing()), dispute).stream()
                  : explained(facts, source, dispute))
          .toList();
    }
    return Stream.of(
            RefundDecision.onEndOfDispute(facts, now).stream(),
            explained(facts, source, dispute),
            dispute.hasReinstated() && source.left().isPositive()
                ? thereAgain(facts, source, dispute, newRefundId, now).stream()
                : Stream.<RefundEffect>empty())
        .flatMap(effects -> effects)
        .toList();
  }

  /**
   * A lost dispute has taken what was not there any more: it had gone back, or people had posted
   * it.
   */
  private static Optional<RefundEffect> beyond(
      RefundSource.OfCharge source, Money givenWay, StripeDispute dispute) {
    Money left = source.charge().inSuspense().plus(givenWay);
    return left.isZero() ? Optional.empty() : Optional.of(openObjection(source, left, dispute));
  }

  /**
   * A bank has given back money of a charge: the buyer gets it, or people say whose it is, as they
   * have before.
   */
  private static List<RefundEffect> thereAgain(
      RefundFacts facts,
      RefundSource.OfCharge source,
      StripeDispute dispute,
      UUID newRefundId,
      Instant now) {
    return source.objection() == BreakKind.DUPLICATE_CAPTURE && facts.postedByPeople().isZero()
        ? RefundDecision.accepted(
            facts,
            newRefundId,
            RefundCause.PAID_TWICE,
            null,
            source.sharesOfAllLeft(RefundCause.PAID_TWICE),
            now)
        : List.of(openObjection(source, source.left(), dispute));
  }

  private static RefundEffect openObjection(
      RefundSource.OfCharge source, Money left, StripeDispute dispute) {
    return new OpenObjection(
        source.objection(),
        source.chargeId(),
        source.paymentId(),
        left,
        dispute.lastMovement().createdAt());
  }

  /**
   * What a decided dispute has moved lies against the charge itself, or has come back. What it has
   * taken in another currency lies against nothing: people say what it was.
   */
  private static Stream<RefundEffect> explained(
      RefundFacts facts, RefundSource.OfCharge source, StripeDispute dispute) {
    Money taken = dispute.taken();
    if (!taken.isZero() && !taken.currency().equals(source.captured().currency())) {
      return Stream.empty();
    }
    return Stream.concat(
        Stream.of(
            new ResolveDispute(
                dispute.balanceTransactions().stream().map(StripeBalanceTransaction::id).toList())),
        resolved(facts, source, facts.refunds().stream()).stream());
  }

  /** A refund of a charge that its payment did not want has come to its end. */
  static Optional<RefundEffect> resolved(RefundFacts facts, Refund ended) {
    return facts.source() instanceof RefundSource.OfCharge source
        ? resolved(
            facts,
            source,
            Stream.concat(
                Stream.of(ended),
                facts.refunds().stream().filter(each -> !each.id().equals(ended.id()))))
        : Optional.empty();
  }

  /**
   * Nobody has to look at a charge that its payment did not want once all of it is with the buyer,
   * or where people have posted it.
   */
  private static Optional<RefundEffect> resolved(
      RefundFacts facts, RefundSource.OfCharge source, Stream<Refund> refunds) {
    Money back =
        refunds
            .filter(each -> each.status() == RefundStatus.SUCCEEDED)
            .map(Refund::amount)
            .reduce(source.charge().disputed().plus(facts.postedByPeople()), Money::plus);
    return !source.isDisputed() && back.equals(source.captured())
        ? Optional.of(new ResolveObjection(source.objection(), source.chargeId()))
        : Optional.empty();
  }

  /**
   * What was to go back of a charge that its payment did not want stands in suspense again: people
   * have to look at it, also when they had posted all that did not go back.
   */
  static Optional<RefundEffect> leftAgain(
      RefundFacts facts, Refund cancelled, StripeRefund calledOff, Instant now) {
    boolean wasToGoBack = facts.refund(cancelled.id()).isPresent();
    if (!wasToGoBack || !(facts.source() instanceof RefundSource.OfCharge source)) {
      return Optional.empty();
    }
    Money left = source.charge().withReturned(cancelled.amount().negate()).inSuspense();
    StripeBalanceTransaction returned = calledOff.failureBalanceTransaction();
    return left.isZero()
        ? resolved(facts, cancelled)
        : Optional.of(
            new OpenObjection(
                source.objection(),
                source.chargeId(),
                source.paymentId(),
                left,
                returned == null ? now : returned.createdAt()));
  }
}
