package io.cpdevents.registration.registrations;

import static java.util.stream.Collectors.toMap;

import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.messaging.Outbox;
import io.cpdevents.registration.registrations.NewRegistration.NewTicket;
import io.cpdevents.registration.registrations.Registrations.Placing;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A person books places: they are held for half an hour until the money comes, or theirs at once
 * when they are free.
 *
 * <p>The offer is read without a lock; one statement then takes the places and writes everything,
 * if the event is still as it was read. So the event's row is locked for one statement and its
 * commit.
 */
@Component
public class PlaceRegistration {

  /** How often an offer is read anew when its organizer changes it in between. */
  private static final int MAX_ATTEMPTS = 5;

  /**
   * How many are served at once; the others queue up in order. More connections only wait for each
   * other on the row of a hot event, and a crowd must leave some to payments and readers.
   */
  private static final int MAX_CONCURRENT = 4;

  /** How long somebody queues before being told to come back. */
  private static final Duration MAX_QUEUE_TIME = Duration.ofSeconds(10);

  private final Bulkhead queue =
      Bulkhead.of(
          "place-registration",
          BulkheadConfig.custom()
              .maxConcurrentCalls(MAX_CONCURRENT)
              .maxWaitDuration(MAX_QUEUE_TIME)
              .fairCallHandlingStrategyEnabled(true)
              .build());
  private final Offers offers;
  private final Registrations registrations;
  private final RegistrationQueries queries;
  private final Outbox outbox;
  private final TransactionTemplate transaction;
  private final Clock clock;

  PlaceRegistration(
      Offers offers,
      Registrations registrations,
      RegistrationQueries queries,
      Outbox outbox,
      TransactionTemplate transaction,
      Clock clock) {
    this.offers = offers;
    this.registrations = registrations;
    this.queries = queries;
    this.outbox = outbox;
    this.transaction = transaction;
    this.clock = clock;
  }

  /**
   * What somebody wants.
   *
   * @param registrationId the same for a repeat of the same request
   */
  public record Command(
      UUID registrationId,
      UUID eventId,
      UUID accountId,
      List<TicketRequest> tickets,
      @Nullable String promoCode) {}

  /** A ticket of a type for a person. */
  public record TicketRequest(UUID ticketTypeId, Attendee attendee) {}

  /**
   * Books the places.
   *
   * @return the registration; for a repeat the one that was made the first time
   * @throws RuleViolation {@code event-not-found}, {@code sold-out}, {@code account-limit-reached}
   *     or what {@link Offer#quote} refuses
   */
  public RegistrationView handle(Command command) {
    return queue.executeSupplier(() -> serve(command));
  }

  private RegistrationView serve(Command command) {
    List<TicketWish> wishes = wishes(command.tickets());
    Offer refused = null;
    for (int attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
      Optional<Offer> offer = offers.find(command.eventId(), wishes, command.accountId());
      if (offer.isEmpty()) {
        return alreadyPlaced(command).orElseThrow(() -> RuleViolation.notFound("event-not-found"));
      }
      if (refused != null && refused.version() == offer.get().version()) {
        return alreadyPlaced(command).orElseThrow(Offer::soldOut);
      }
      NewRegistration wanted;
      try {
        wanted = decide(command, wishes, offer.get());
      } catch (RuleViolation refusal) {
        return alreadyPlaced(command).orElseThrow(() -> refusal);
      }
      switch (place(wanted)) {
        case PLACED -> {
          return wanted.view();
        }
        case PLACED_BEFORE -> {
          return alreadyPlaced(command).orElseThrow();
        }
        case NO_PLACE_OF_TYPE -> {
          return alreadyPlaced(command).orElseThrow(Offer::soldOut);
        }
        case ACCOUNT_LIMIT_REACHED -> {
          return alreadyPlaced(command).orElseThrow(Offer::accountLimitReached);
        }
        case NO_PLACE_OR_CHANGED -> refused = offer.get();
      }
    }
    throw RuleViolation.conflict(
        "event-changed", "The event is being changed at this moment; try again.");
  }

  private NewRegistration decide(Command command, List<TicketWish> wishes, Offer offer) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Quote quote = offer.quote(wishes, command.promoCode(), now);
    offer.requirePlaces(wishes);
    Map<UUID, Quote.Line> lines =
        quote.lines().stream().collect(toMap(Quote.Line::ticketTypeId, line -> line));
    List<NewTicket> tickets =
        command.tickets().stream()
            .map(ticket -> NewTicket.of(line(lines, ticket), ticket.attendee()))
            .toList();
    return new NewRegistration(
        command.registrationId(), command.accountId(), offer, quote, wishes, tickets, now);
  }

  private Placing place(NewRegistration wanted) {
    return transaction.execute(status -> {
      Placing placing = registrations.place(wanted, outbox.row(wanted.fact()));
      if (placing == Placing.PLACED) {
        outbox.wakeAfterCommit();
      } else {
        status.setRollbackOnly();
      }
      return placing;
    });
  }

  /** A refusal of a repeat is no answer: places that it took itself may be the last ones. */
  private Optional<RegistrationView> alreadyPlaced(Command command) {
    return queries.find(command.registrationId());
  }

  private static Quote.Line line(Map<UUID, Quote.Line> lines, TicketRequest ticket) {
    Quote.Line line = lines.get(ticket.ticketTypeId());
    if (line == null) {
      throw new IllegalStateException("the quote lacks ticket type " + ticket.ticketTypeId());
    }
    return line;
  }

  private static List<TicketWish> wishes(List<TicketRequest> tickets) {
    Map<UUID, Integer> quantities = new LinkedHashMap<>();
    tickets.forEach(ticket -> quantities.merge(ticket.ticketTypeId(), 1, Integer::sum));
    return quantities.entrySet().stream()
        .map(entry -> new TicketWish(entry.getKey(), entry.getValue()))
        .toList();
  }
}
