package io.cpdevents.registration.registrations;

import io.cpdevents.contracts.registration.CancellationCause;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.web.Cursor;
import io.cpdevents.registration.events.AdvanceEventCancellation;
import io.cpdevents.registration.events.EventCancellationQueries;
import io.cpdevents.registration.events.EventCancellationQueries.Terms;
import io.cpdevents.registration.events.FinishEventCancellation;
import io.cpdevents.registration.registrations.Cancellation.Order;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * An event was cancelled: everybody's registration for it is cancelled too, and what was paid goes
 * back, less what the organization keeps.
 *
 * <p>It cancels a batch at a time, each registration once, whenever and however often it is
 * interrupted, and with several instances at once: a batch is one transaction, and what it has
 * cancelled no other finds.
 */
@Component
public class CancelRegistrationsOfEvent {

  /** Before every registration. */
  public static final Cursor BEGINNING = new Cursor(Instant.EPOCH, new UUID(0, 0));

  /** In one transaction, so that it locks the event for milliseconds only. */
  private static final int MAX_BATCH_ROWS = 50;

  private final Registrations registrations;
  private final SaveCancellations saveCancellations;
  private final EventCancellationQueries eventCancellations;
  private final AdvanceEventCancellation advance;
  private final FinishEventCancellation finish;
  private final Clock clock;

  CancelRegistrationsOfEvent(
      Registrations registrations,
      SaveCancellations saveCancellations,
      EventCancellationQueries eventCancellations,
      AdvanceEventCancellation advance,
      FinishEventCancellation finish,
      Clock clock) {
    this.registrations = registrations;
    this.saveCancellations = saveCancellations;
    this.eventCancellations = eventCancellations;
    this.advance = advance;
    this.finish = finish;
    this.clock = clock;
  }

  /**
   * The next batch of an event.
   *
   * @param after the last registration of the batch before, or {@link #BEGINNING}
   */
  public record Command(UUID eventId, Cursor after) {}

  /** What has become of a batch. */
  public sealed interface Batch {

    /** Registrations were cancelled, and more may follow behind the last of them. */
    record Cancelled(Cursor last) implements Batch {}

    /** None is left behind the last one. */
    record AllCancelled() implements Batch {}

    /** Another transaction has locked some of those that are left: begin again a little later. */
    record SomeAreLocked() implements Batch {}
  }

  /** Cancels the next batch. */
  @Transactional
  public Batch handle(Command command) {
    return eventCancellations
        .running(command.eventId())
        .map(terms -> cancelNext(command, terms))
        .orElseGet(Batch.AllCancelled::new);
  }

  private Batch cancelNext(Command command, Terms terms) {
    UUID eventId = command.eventId();
    List<Registration> live = registrations.lockLive(eventId, command.after(), MAX_BATCH_ROWS);
    if (live.isEmpty()) {
      return finish.handle(eventId) ? new Batch.AllCancelled() : new Batch.SomeAreLocked();
    }
    Instant now = clock.instant();
    Map<UUID, List<Ticket>> tickets = registrations.tickets(live);
    List<Cancellation> cancellations =
        live.stream()
            .map(each ->
                new RegistrationWithTickets(each, tickets.getOrDefault(each.id(), List.of()))
                    .cancel(order(terms, each), now))
            .toList();
    saveCancellations.handle(cancellations, now);
    advance.handle(eventId, cancellations.size());
    Registration last = live.getLast();
    return new Batch.Cancelled(new Cursor(last.createdAt(), last.id()));
  }

  /** Money that was on its way when the event was cancelled has bought nothing: it is whole. */
  private static Order order(Terms terms, Registration registration) {
    return new Order(
        Ids.next(),
        Ids.next(),
        CancellationCause.EVENT,
        terms.reason(),
        registration.wasConfirmedAfter(terms.requestedAt())
            ? RefundTerms.everything()
            : RefundTerms.lessKept(terms.keepFeeBasisPoints()),
        null);
  }
}
