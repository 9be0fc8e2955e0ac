package io.cpdevents.billing.refunds;

import io.cpdevents.platform.money.Money;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * All that a decision about refunds needs, read under the row lock of one payment.
 *
 * @param source where the money comes from, with what is left of it
 * @param refunds all refunds of that money, oldest first
 * @param waitingForPerson those of them whose break is open
 */
record RefundFacts(RefundSource source, List<Refund> refunds, Set<UUID> waitingForPerson) {

  /**
   * What people have posted elsewhere of a charge that its payment did not want; below zero: what
   * others have borne of what a dispute has taken beyond it.
   */
  Money postedByPeople() {
    Money goesBack =
        refunds.stream()
            .filter(each -> each.status() != RefundStatus.CANCELLED)
            .map(Refund::amount)
            .reduce(Money.zero(source.captured().currency()), Money::plus);
    return source instanceof RefundSource.OfCharge charge
        ? charge.charge().returned().minus(goesBack)
        : Money.zero(source.captured().currency());
  }

  /** The refund with this id. */
  Optional<Refund> refund(UUID id) {
    return refunds.stream().filter(each -> each.id().equals(id)).findFirst();
  }

  /** The refund one of whose attempts has become this refund at Stripe. */
  Optional<Refund> refundOf(String stripeRefundId) {
    return refunds.stream().filter(each -> each.attemptOf(stripeRefundId).isPresent()).findFirst();
  }

  /** Whether a person has been asked to help this refund, and has not yet. */
  boolean waitsForPerson(Refund refund) {
    return waitingForPerson.contains(refund.id());
  }
}
