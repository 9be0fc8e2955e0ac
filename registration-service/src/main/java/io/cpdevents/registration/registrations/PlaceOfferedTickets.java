package io.cpdevents.registration.registrations;

import io.cpdevents.platform.Ids;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.messaging.Outbox;
import io.cpdevents.registration.RegistrationProblem;
import io.cpdevents.registration.questions.Answer;
import io.cpdevents.registration.questions.AnswerGiven;
import io.cpdevents.registration.questions.KeepAnswers;
import io.cpdevents.registration.questions.QuestionQueries;
import io.cpdevents.registration.questions.Questionnaire;
import io.cpdevents.registration.registrations.NewRegistration.TicketKey;
import io.cpdevents.registration.registrations.PlaceRegistration.WantedTicket;
import io.cpdevents.registration.registrations.Registrations.Placing;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Somebody who was offered places takes them, at the prices of now: they are held until they are
 * paid, or theirs at once when they are free. Neither sale windows nor limits of holds count, since
 * the places were promised.
 */
@Component
public class PlaceOfferedTickets {

  private final EventsOnSale eventsOnSale;
  private final Registrations registrations;
  private final QuestionQueries questions;
  private final KeepAnswers keepAnswers;
  private final Outbox outbox;
  private final Clock clock;

  PlaceOfferedTickets(
      EventsOnSale eventsOnSale,
      Registrations registrations,
      QuestionQueries questions,
      KeepAnswers keepAnswers,
      Outbox outbox,
      Clock clock) {
    this.eventsOnSale = eventsOnSale;
    this.registrations = registrations;
    this.questions = questions;
    this.keepAnswers = keepAnswers;
    this.outbox = outbox;
    this.clock = clock;
  }

  /**
   * The places that were offered.
   *
   * @param registrationId the same when the same request comes again
   */
  public record Command(
      UUID registrationId,
      UUID eventId,
      UUID accountId,
      List<WantedTicket> tickets,
      List<AnswerGiven> answers) {}

  /**
   * Books the places, in the transaction that has locked the event and given them back.
   *
   * @throws RuleViolation {@code event-cancelled}, {@code sales-closed} when the event is over,
   *     {@code account-limit-reached}, {@code invalid-request} for answers, {@code
   *     total-below-minimum} or {@code amount-not-payable}
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public RegistrationView handle(Command command) {
    List<TicketQuantity> wanted = PlaceRegistration.quantities(command.tickets());
    Instant now = clock.instant();
    EventOnSale event =
        eventsOnSale
            .findPromised(command.eventId(), wanted, command.accountId(), now)
            .orElseThrow(() -> RegistrationProblem.EVENT_NOT_FOUND.violation());
    List<TicketKey> keys =
        command.tickets().stream().map(_ -> new TicketKey(Ids.next(), TicketCode.next())).toList();
    NewRegistration registration =
        NewRegistration.of(
            new PlaceRegistration.Command(
                command.registrationId(),
                command.eventId(),
                command.accountId(),
                command.tickets(),
                TypedCodes.NONE,
                command.answers(),
                null),
            wanted,
            event,
            Ids.next(),
            keys,
            now);
    List<Answer> answers = answers(event, command, keys);
    keepAnswers.handle(command.registrationId(), answers);
    Placing placing = registrations.place(registration, outbox.row(registration.fact()));
    if (placing == Placing.ACCOUNT_LIMIT_REACHED) {
      throw EventOnSale.accountLimitReached();
    }
    if (placing != Placing.PLACED) {
      throw new IllegalStateException(
          "places of event %s were offered and are not there: %s"
              .formatted(command.eventId(), placing));
    }
    outbox.wakeAfterCommit();
    return registration.view().withAnswers(answers);
  }

  /** The event is locked, so nobody changes the questions meanwhile. */
  private List<Answer> answers(EventOnSale event, Command command, List<TicketKey> keys) {
    Questionnaire questionnaire =
        event.asksQuestions() ? questions.questionnaire(command.eventId()) : Questionnaire.NONE;
    return questionnaire.answered(command.answers(), keys.stream().map(TicketKey::id).toList());
  }
}
