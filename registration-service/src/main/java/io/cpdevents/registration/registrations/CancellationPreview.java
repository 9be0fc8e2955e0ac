package io.cpdevents.registration.registrations;

import io.cpdevents.platform.money.Money;
import io.cpdevents.registration.events.RefundPolicy.Tier;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a cancellation would give back.
 *
 * @param refund of all tickets that would be cancelled
 * @param tickets those that would be cancelled
 * @param tier of the refund policy, by which it is computed; null when none is open any more,
 *     nothing was paid, or more goes back because the event was moved
 * @param freeUntil until when everything goes back, whatever the tier says, because the event was
 *     moved; null when it was not, or that is over
 */
public record CancellationPreview(
    Money refund, List<TicketPreview> tickets, @Nullable Tier tier, @Nullable Instant freeUntil) {

  /** A ticket that would be cancelled. */
  public record TicketPreview(UUID ticketId, Money paid, Money refund) {}

  static CancellationPreview of(
      List<TicketPreview> tickets, @Nullable Tier tier, @Nullable Instant freeUntil) {
    Money refund = tickets.stream().map(TicketPreview::refund).reduce(Money::plus).orElseThrow();
    return new CancellationPreview(refund, tickets, tier, freeUntil);
  }
}
