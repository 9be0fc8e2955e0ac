package io.cpdevents.registration.registrations;

import static java.util.stream.Collectors.toMap;

import io.cpdevents.platform.money.BasisPoints;
import io.cpdevents.platform.money.Money;
import io.cpdevents.registration.events.RefundPolicy.Tier;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** How much of what tickets cost goes back when they are cancelled. */
sealed interface RefundTerms {

  /**
   * What goes back for each ticket that is not cancelled yet, if it is cancelled now.
   *
   * @param tickets all tickets of the registration, those that were cancelled before included
   */
  Map<UUID, Money> refunds(List<Ticket> tickets);

  /** Everything. */
  static RefundTerms everything() {
    return new Share(BasisPoints.WHOLE);
  }

  /** Nothing. */
  static RefundTerms nothing() {
    return new Share(0);
  }

  /** The share of a refund policy's tier; nothing when no tier is open. */
  static RefundTerms of(@Nullable Tier tier) {
    return tier == null ? nothing() : new Share(tier.refundBasisPoints());
  }

  /** Everything but a share that the organization keeps. */
  static RefundTerms lessKept(int basisPoints) {
    return new LessKept(basisPoints);
  }

  /**
   * A share of all tickets of the registration. A ticket's refund is the same whichever tickets are
   * cancelled and in which order.
   */
  record Share(int basisPoints) implements RefundTerms {

    @Override
    public Map<UUID, Money> refunds(List<Ticket> tickets) {
      List<Money> parts = Shares.of(tickets.stream().map(Ticket::total).toList(), basisPoints);
      return perTicket(tickets, parts::get);
    }
  }

  /** What is left when the organization keeps a share of the tickets that are still valid. */
  record LessKept(int basisPoints) implements RefundTerms {

    @Override
    public Map<UUID, Money> refunds(List<Ticket> tickets) {
      List<Ticket> valid = tickets.stream().filter(ticket -> !ticket.cancelled()).toList();
      List<Money> kept = Shares.of(valid.stream().map(Ticket::total).toList(), basisPoints);
      return perTicket(valid, i -> valid.get(i).total().minus(kept.get(i)));
    }
  }

  private static Map<UUID, Money> perTicket(List<Ticket> tickets, IntFunction<Money> refund) {
    return IntStream.range(0, tickets.size())
        .boxed()
        .collect(toMap(i -> tickets.get(i).id(), refund::apply));
  }
}
