package io.cpdevents.registration.registrations;

import io.cpdevents.platform.money.Money;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Notes how much a refund or a lost dispute really gives back for each ticket. From this people are
 * told what a cancellation would still give back, and what it has given back.
 */
@Component
public class NoteRefund {

  private final Registrations registrations;
  private final TicketRefunds ticketRefunds;

  NoteRefund(Registrations registrations, TicketRefunds ticketRefunds) {
    this.registrations = registrations;
    this.ticketRefunds = ticketRefunds;
  }

  /**
   * A refund, or a dispute that has ended, as it is now.
   *
   * @param id the refund's or the dispute's
   * @param forCancellation whether it gives back what cancelled tickets have cost
   * @param lines what it gives back for which ticket; empty when it was called off or won
   */
  public record Command(UUID id, UUID registrationId, boolean forCancellation, List<Line> lines) {}

  /** What goes back for one ticket. */
  public record Line(UUID ticketId, Money amount) {}

  /** Replaces what was noted about the refund before. */
  @Transactional
  public void handle(Command command) {
    // Cancelling tickets locks it as well: it sees all of a refund or nothing.
    if (registrations.lock(command.registrationId()).isEmpty()) {
      return;
    }
    List<UUID> tickets = new ArrayList<>(ticketRefunds.remove(command.id()));
    ticketRefunds.insert(command.id(), command.forCancellation(), command.lines());
    if (command.forCancellation()) {
      command.lines().forEach(line -> tickets.add(line.ticketId()));
      ticketRefunds.correctCancelled(command.id(), tickets);
    }
  }
}
