package io.cpdevents.registration.registrations;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingInt;

import io.cpdevents.platform.Ids;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.http.CallerNetwork;
import io.cpdevents.platform.messaging.Outbox;
import io.cpdevents.registration.RegistrationProblem;
import io.cpdevents.registration.questions.Answer;
import io.cpdevents.registration.questions.AnswerGiven;
import io.cpdevents.registration.questions.KeepAnswers;
import io.cpdevents.registration.questions.QuestionQueries;
import io.cpdevents.registration.questions.Questionnaire;
import io.cpdevents.registration.registrations.NewRegistration.TicketKey;
import io.cpdevents.registration.registrations.Registrations.Placing;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A person books places: they are held for as long as the event says until the money comes, or
 * theirs at once when they are free.
 *
 * <p>This is the hottest path of the product. The event is read without a lock; one statement then
 * takes the places and writes everything, if the event is still as it was read. So the event's row
 * is locked for one statement and its commit.
 */
@Component
public class PlaceRegistration {

  /** How often an event is read anew because its organizer has changed it in between. */
  private static final int MAX_ATTEMPTS = 5;

  /**
   * How many people are served at once; the others queue up in order. With more connections they
   * would only wait for each other on the row of a hot event, and payments and readers would find
   * no connection.
   */
  private static final int MAX_CONCURRENT_PLACINGS = 4;

  /** How long a person waits in the queue before being asked to try again. */
  private static final Duration MAX_QUEUE_TIME = Duration.ofSeconds(10);

  private final EventsOnSale eventsOnSale;
  private final Registrations registrations;
  private final RegistrationQueries queries;
  private final HoldOrigins origins;
  private final PromoGuesses guesses;
  private final QuestionQueries questions;
  private final KeepAnswers keepAnswers;
  private final Outbox outbox;
  private final TransactionTemplate transaction;
  private final Clock clock;
  private final Bulkhead bulkhead;

  PlaceRegistration(
      EventsOnSale eventsOnSale,
      Registrations registrations,
      RegistrationQueries queries,
      HoldOrigins origins,
      PromoGuesses guesses,
      QuestionQueries questions,
      KeepAnswers keepAnswers,
      Outbox outbox,
      TransactionTemplate transaction,
      Clock clock,
      BulkheadRegistry bulkheads) {
    this.eventsOnSale = eventsOnSale;
    this.registrations = registrations;
    this.queries = queries;
    this.origins = origins;
    this.guesses = guesses;
    this.questions = questions;
    this.keepAnswers = keepAnswers;
    this.outbox = outbox;
    this.transaction = transaction;
    this.clock = clock;
    this.bulkhead =
        bulkheads.bulkhead(
            "place-registration",
            BulkheadConfig.custom()
                .maxConcurrentCalls(MAX_CONCURRENT_PLACINGS)
                .maxWaitDuration(MAX_QUEUE_TIME)
                .fairCallHandlingStrategyEnabled(true)
                .build());
  }

  /**
   * The places that somebody wants.
   *
   * @param registrationId the same when the same request comes again
   * @param network from which it comes; null when that is not known
   */
  public record Command(
      UUID registrationId,
      UUID eventId,
      UUID accountId,
      List<WantedTicket> tickets,
      TypedCodes codes,
      List<AnswerGiven> answers,
      @Nullable CallerNetwork network) {}

  /** A ticket of a type for an attendee. */
  public record WantedTicket(@NotNull UUID ticketTypeId, @NotNull @Valid Attendee attendee) {}

  /**
   * Books the places.
   *
   * @return the registration; when the same request has come before, the one that it made then
   * @throws RuleViolation {@code event-not-found}, {@code sold-out}, {@code account-limit-reached},
   *     {@code hold-limit-reached}, {@code hold-too-large}, {@code event-changed}, {@code
   *     too-many-requests} after many wrong codes, {@code invalid-request} for answers, or what
   *     {@link EventOnSale#quote} refuses
   */
  public RegistrationView handle(Command command) {
    return bulkhead.executeSupplier(() -> {
      try {
        return place(command);
      } catch (RuleViolation refusal) {
        // The same request may have come before, and its own places may be the last ones.
        return queries.find(command.registrationId()).orElseThrow(() -> refusal);
      }
    });
  }

  private RegistrationView place(Command command) {
    List<TicketQuantity> wanted = quantities(command.tickets());
    UUID historyEntryId = Ids.next();
    List<TicketKey> keys =
        command.tickets().stream().map(_ -> new TicketKey(Ids.next(), TicketCode.next())).toList();
    long refusedVersion = 0;
    for (int attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
      EventOnSale event =
          eventsOnSale
              .find(
                  command.eventId(), wanted, command.codes(), command.accountId(), clock.instant())
              .orElseThrow(() -> RegistrationProblem.EVENT_NOT_FOUND.violation());
      NewRegistration registration =
          guesses.count(
              event.summary().organizationId(),
              command.codes(),
              PromoGuesses.guessers(command.accountId(), null),
              () ->
                  NewRegistration.of(
                      command, wanted, event, historyEntryId, keys, clock.instant()));
      if (event.version() == refusedVersion) {
        // It has not changed since the guard refused it, so it was full, or too much would be held.
        throw registration.isHeld()
                && event.sharesQuotas(wanted)
                && eventsOnSale.holdsTooMuchOfQuota(event, wanted, command.accountId())
            ? EventOnSale.holdTooLargeOfQuota()
            : EventOnSale.soldOut();
      }
      List<Answer> answers = answers(event, command, keys);
      switch (takePlaces(registration, answers, command.network())) {
        case PLACED -> {
          return registration.view().withAnswers(answers);
        }
        case PLACED_BEFORE -> {
          return queries.find(command.registrationId()).orElseThrow();
        }
        case ACCOUNT_LIMIT_REACHED -> throw EventOnSale.accountLimitReached();
        case HOLD_LIMIT_REACHED -> throw EventOnSale.holdLimitReached();
        case NETWORK_HOLDS_ENOUGH -> throw EventOnSale.networkHoldsEnough();
        case PROMO_ACCOUNT_LIMIT_REACHED -> throw PromoCodeOnSale.accountLimit();
        // Read anew, it is seen whether it was the last use or the code has changed.
        case NO_USE_OF_PROMO_CODE -> {}
        // Read anew, it is seen which: sold out, more than may be held, or other terms.
        case NO_PLACE_OF_TYPE, NO_PLACE_OR_CHANGED -> refusedVersion = event.version();
      }
    }
    throw RegistrationProblem.EVENT_CHANGED.violation();
  }

  /** If the questions change before the places are taken, the event has another version. */
  private List<Answer> answers(EventOnSale event, Command command, List<TicketKey> keys) {
    Questionnaire questionnaire =
        event.asksQuestions() ? questions.questionnaire(command.eventId()) : Questionnaire.NONE;
    return questionnaire.answered(command.answers(), keys.stream().map(TicketKey::id).toList());
  }

  private Placing takePlaces(
      NewRegistration registration, List<Answer> answers, @Nullable CallerNetwork network) {
    return transaction.execute(status -> {
      keepAnswers.handle(registration.registration().id(), answers);
      Placing placing =
          registration.isHeld()
              ? hold(registration, network)
              : registrations.place(registration, outbox.row(registration.fact()));
      if (placing == Placing.PLACED) {
        outbox.wakeAfterCommit();
      } else {
        status.setRollbackOnly();
      }
      return placing;
    });
  }

  private Placing hold(NewRegistration registration, @Nullable CallerNetwork network) {
    registrations.lockHolds(registration);
    List<HoldOrigins.Crowd> bound = List.of();
    if (network != null) {
      bound =
          HoldOrigins.crowdsOf(registration.registration().eventId(), network).stream()
              .filter(crowd -> origins.areOftenUnpaid(crowd, registration.placedAt()))
              .toList();
      origins.add(registration, network);
    }
    Placing placing = registrations.place(registration, outbox.row(registration.fact()));
    return placing == Placing.PLACED
            && !bound.stream().allMatch(crowd -> origins.keepsToShare(crowd, registration))
        ? Placing.NETWORK_HOLDS_ENOUGH
        : placing;
  }

  /** How many tickets of each type, the types in the order of their first tickets. */
  static List<TicketQuantity> quantities(List<WantedTicket> tickets) {
    return tickets.stream()
        .collect(groupingBy(WantedTicket::ticketTypeId, LinkedHashMap::new, summingInt(_ -> 1)))
        .entrySet()
        .stream()
        .map(entry -> new TicketQuantity(entry.getKey(), entry.getValue()))
        .toList();
  }
}
