package io.cpdevents.billing.refunds;

import io.cpdevents.billing.payments.TicketShare;
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
  static List<Owed> ofGivenWay(RefundFacts facts, List<RefundEffect> effects) {
    List<Owed> requests = new ArrayList<>();
    for (RefundEffect effect : effects) {
      if (effect instanceof RefundEffect.Save(Refund after)) {
        facts
            .refund(after.id())
            .filter(Refund::isOurs)
            .flatMap(before -> ofGivenWay(before, after))
            .ifPresent(requests::add);
      }
    }
    return List.copyOf(requests);
  }

  private static Optional<Owed> ofGivenWay(Refund before, Refund after) {
    List<TicketShare> kept =
        after.status() == RefundStatus.CANCELLED ? List.of() : after.shares().tickets().tickets();
    List<AcceptRefund.Line> owed =
        before.shares().tickets().tickets().stream()
            .map(share -> new AcceptRefund.Line(share.ticketId(), share.amount()))
            .toList();
    return owed(before.paymentId(), before.cause(), without(owed, kept));
  }

  /** What was asked for and not accepted, because the dispute had left less. */
  private static Optional<Owed> ofDecided(
      AcceptRefund.Command request, List<RefundEffect> effects) {
    List<TicketShare> accepted = new ArrayList<>();
    for (RefundEffect effect : effects) {
      if (effect instanceof RefundEffect.Wait) {
        return Optional.empty();
      }
      if (effect instanceof RefundEffect.Accept(_, Refund refund)) {
        accepted.addAll(refund.shares().tickets().tickets());
      }
    }
    return request.lines().isEmpty()
        ? Optional.of(new Owed(request.paymentId(), request.cause(), List.of()))
        : owed(request.paymentId(), request.cause(), without(request.lines(), accepted));
  }

  /** The same as the effect that has it kept for the case that this dispute is won after all. */
  static List<RefundEffect> rest(
      RefundFacts before,
      AcceptRefund.Command request,
      List<RefundEffect> effects,
      String stripeDisputeId) {
    return ofDecided(request, effects).stream()
        .<RefundEffect>map(
            rest -> new RefundEffect.OweAgain(before.source(), rest, stripeDisputeId))
        .toList();
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
