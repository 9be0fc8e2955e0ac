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

/**
 * What buyers are owed no more because they have it by a lost dispute, as requests that are made
 * again if the bank changes its mind.
 */
final class OwedAgain {

  private OwedAgain() {}

  /** What is owed for a reason, of a payment; no lines: all that is left of it. */
  record Owed(UUID paymentId, RefundCause cause, List<AcceptRefund.Line> lines) {

    /** The request that is made for it. */
    AcceptRefund.Command request(UUID refundId) {
      return new AcceptRefund.Command(refundId, paymentId, lines, true, cause);
    }
  }

  /** What refunds of ours have lost that gave way to a dispute. */
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
    if (!refund.isOurs()) {
      return Optional.empty();
    }
    List<AcceptRefund.Line> owed =
        refund.shares().tickets().tickets().stream()
            .map(share -> new AcceptRefund.Line(share.ticketId(), share.amount()))
            .toList();
    return owed(refund.paymentId(), refund.cause(), without(owed, kept));
  }

  /**
   * What was asked for and not accepted because lost disputes have it. What has left the payment in
   * another way is not owed again.
   *
   * @param accepted what of the request is owed now
   */
  static Optional<Owed> ofRequest(
      RefundablePayment payment, AcceptRefund.Command request, RefundShares accepted) {
    if (request.lines().isEmpty()) {
      return payment.disputed().isPositive()
          ? Optional.of(new Owed(request.paymentId(), request.cause(), List.of()))
          : Optional.empty();
    }
    return owed(
        request.paymentId(),
        request.cause(),
        without(request.lines(), accepted.tickets().tickets()).stream()
            .map(line -> cappedAtDisputed(line, payment))
            .filter(line -> line.amount().isPositive())
            .toList());
  }

  private static AcceptRefund.Line cappedAtDisputed(
      AcceptRefund.Line missing, RefundablePayment payment) {
    Money disputed =
        payment.lines().stream()
            .filter(ticket -> ticket.ticketId().equals(missing.ticketId()))
            .map(PaymentLine::disputed)
            .reduce(Money.zero(payment.captured().currency()), Money::plus);
    return disputed.compareTo(missing.amount()) < 0
        ? new AcceptRefund.Line(missing.ticketId(), disputed)
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
      UUID paymentId, RefundCause cause, List<AcceptRefund.Line> lines) {
    return lines.isEmpty() ? Optional.empty() : Optional.of(new Owed(paymentId, cause, lines));
  }
}
