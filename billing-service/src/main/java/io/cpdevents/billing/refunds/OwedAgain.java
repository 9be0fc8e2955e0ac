package io.cpdevents.billing.refunds;

import io.cpdevents.billing.payments.PaymentLine;
import io.cpdevents.billing.payments.RefundablePayment;
import io.cpdevents.billing.payments.TicketShare;
import io.cpdevents.billing.refunds.RefundEffect.GiveBack;
import io.cpdevents.billing.refunds.RefundEffect.Reduce;
import io.cpdevents.contracts.billing.RefundCause;
import io.cpdevents.platform.money.Money;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What buyers are owed no more because they have it in another way, by a lost dispute or by a
 * refund that can be called off. It is asked for again when that other way comes to nothing: when
 * the bank changes its mind, or somebody calls the refund off.
 */
final class OwedAgain {

  private OwedAgain() {}

  /**
   * What is owed for a reason, of a payment.
   *
   * @param lines empty: all that is left of the payment
   * @param restOf the refund of which it is the rest: called off with it; null when nothing of it
   *     was accepted
   */
  record Owed(
      UUID paymentId, RefundCause cause, List<AcceptRefund.Line> lines, @Nullable UUID restOf) {

    /** The request that is made for it. */
    AcceptRefund.Command request(UUID refundId) {
      return new AcceptRefund.Command(refundId, paymentId, lines, true, cause);
    }

    /** The same as the rest of another refund, unless a part of it was accepted now. */
    Owed orRestOf(@Nullable UUID refundId) {
      return restOf == null ? new Owed(paymentId, cause, lines, refundId) : this;
    }
  }

  /** What refunds of ours have lost that gave way to a dispute, or to a refund at Stripe. */
  static List<Owed> ofGivenWay(List<RefundEffect> effects) {
    List<Owed> requests = new ArrayList<>();
    for (RefundEffect effect : effects) {
      if (effect instanceof Reduce(_, Refund before, Refund after, _)) {
        ofGivenWay(before, after.shares().tickets().tickets()).ifPresent(requests::add);
      } else if (effect instanceof GiveBack(_, Refund cancelled)) {
        ofGivenWay(cancelled, List.of()).ifPresent(requests::add);
      }
    }
    return List.copyOf(requests);
  }

  private static Optional<Owed> ofGivenWay(Refund refund, List<TicketShare> kept) {
    // Nobody is owed what the platform gave back because a bank had warned of fraud.
    if (!refund.isOurs() || refund.cause() == RefundCause.FRAUD_WARNING) {
      return Optional.empty();
    }
    List<AcceptRefund.Line> owed =
        refund.shares().tickets().tickets().stream()
            .map(share -> new AcceptRefund.Line(share.ticketId(), share.amount()))
            .toList();
    return owed(refund.paymentId(), refund.cause(), without(owed, kept), refund.id());
  }

  /**
   * What was asked for and not accepted because lost disputes have it, or refunds that can be
   * called off. What has left the payment for good is not owed again.
   *
   * @param refunds all of the payment
   * @param accepted what of the request is owed now
   */
  static Optional<Owed> ofRequest(
      RefundablePayment payment,
      List<Refund> refunds,
      AcceptRefund.Command request,
      RefundShares accepted) {
    UUID restOf = accepted.isEmpty() ? null : request.refundId();
    List<Refund> uncertain = refunds.stream().filter(Refund::canBeCalledOff).toList();
    if (request.lines().isEmpty()) {
      return payment.disputed().isPositive() || !uncertain.isEmpty()
          ? Optional.of(new Owed(request.paymentId(), request.cause(), List.of(), restOf))
          : Optional.empty();
    }
    return owed(
        request.paymentId(),
        request.cause(),
        without(request.lines(), accepted.tickets().tickets()).stream()
            .map(line -> cappedAtUncertain(line, payment, uncertain))
            .filter(line -> line.amount().isPositive())
            .toList(),
        restOf);
  }

  private static AcceptRefund.Line cappedAtUncertain(
      AcceptRefund.Line missing, RefundablePayment payment, List<Refund> uncertain) {
    Stream<Money> disputed =
        payment.lines().stream()
            .filter(ticket -> ticket.ticketId().equals(missing.ticketId()))
            .map(PaymentLine::disputed);
    Stream<Money> refunded =
        uncertain.stream()
            .flatMap(refund -> refund.shares().tickets().tickets().stream())
            .filter(share -> share.ticketId().equals(missing.ticketId()))
            .map(TicketShare::amount);
    Money uncertainAmount =
        Stream.concat(disputed, refunded)
            .reduce(Money.zero(payment.captured().currency()), Money::plus);
    return uncertainAmount.compareTo(missing.amount()) < 0
        ? new AcceptRefund.Line(missing.ticketId(), uncertainAmount)
        : missing;
  }

  private static List<AcceptRefund.Line> without(
      List<AcceptRefund.Line> owed, List<TicketShare> kept) {
    Map<UUID, Money> amounts =
        kept.stream().collect(Collectors.toMap(TicketShare::ticketId, TicketShare::amount));
    Function<AcceptRefund.Line, Money> rest =
        line -> {
          Money amount = amounts.get(line.ticketId());
          return amount == null ? line.amount() : line.amount().minus(amount);
        };
    return owed.stream()
        .map(line -> new AcceptRefund.Line(line.ticketId(), rest.apply(line)))
        .filter(line -> line.amount().isPositive())
        .toList();
  }

  private static Optional<Owed> owed(
      UUID paymentId, RefundCause cause, List<AcceptRefund.Line> lines, @Nullable UUID restOf) {
    return lines.isEmpty()
        ? Optional.empty()
        : Optional.of(new Owed(paymentId, cause, lines, restOf));
  }
}
