package io.cpdevents.registration.registrations;

import io.cpdevents.platform.money.Money;
import io.cpdevents.registration.events.RefundPolicy.Tier;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a cancellation would give back.
 *
 * @param refund of all tickets that would be cancelled
 * @param tickets those that would be cancelled
 * @param tier of the refund policy, by which it is computed; null when none is open any more, or
 *     nothing was paid
 */
public record CancellationPreview(Money refund, List<TicketPreview> tickets, @Nullable Tier tier) {

  /** A ticket that would be cancelled. */
  public record TicketPreview(UUID ticketId, Money paid, Money refund) {}

  static CancellationPreview of(List<TicketPreview> tickets, @Nullable Tier tier) {
    Money refund = tickets.stream().map(TicketPreview::refund).reduce(Money::plus).orElseThrow();
    return new CancellationPreview(refund, tickets, tier);
  }
}
