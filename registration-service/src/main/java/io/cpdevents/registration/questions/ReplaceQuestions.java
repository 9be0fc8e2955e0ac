package io.cpdevents.registration.questions;

import io.cpdevents.platform.Ids;
import io.cpdevents.platform.audit.AuditTrail.Change;
import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.FieldProblem;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.error.RuleViolation.FieldError;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.web.IfMatch;
import io.cpdevents.registration.events.ChangeBelongings;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** An owner or admin decides what is asked of those who register; what was answered stays. */
@Component
public class ReplaceQuestions {

  private final ChangeBelongings changeBelongings;
  private final Questions questions;
  private final QuestionQueries queries;

  ReplaceQuestions(
      ChangeBelongings changeBelongings, Questions questions, QuestionQueries queries) {
    this.changeBelongings = changeBelongings;
    this.questions = questions;
    this.queries = queries;
  }

  /**
   * All questions of an event.
   *
   * @param seen the version of the event that the caller has seen
   * @param questions those with an id replace the one that has it, others are new, and those that
   *     are not named are asked no more
   */
  public record Command(UUID eventId, IfMatch seen, List<QuestionTerms> questions) {}

  /** For the audit entry. */
  private record Asked(List<Question> questions) {}

  /**
   * Replaces them; nothing happens when they stay as they are.
   *
   * @throws RuleViolation {@code event-not-found}, {@code role-missing}, {@code event-cancelled},
   *     {@code changed-meanwhile} or {@code invalid-request} when a question is not the event's
   */
  @Transactional
  public QuestionsView handle(Command command, Caller caller) {
    UUID eventId = command.eventId();
    changeBelongings.handle(
        new ChangeBelongings.Command(
            eventId, command.seen(), "event.questions-changed", () -> replace(command)),
        caller);
    return queries.get(eventId, Optional.of(caller));
  }

  private Optional<Change> replace(Command command) {
    List<Question> before = questions.of(command.eventId());
    requireOwn(before, command.questions());
    List<Question> after =
        command.questions().stream()
            .map(terms -> terms.withId(terms.id() == null ? Ids.next() : terms.id()))
            .toList();
    if (after.equals(before)) {
      return Optional.empty();
    }
    questions.replace(command.eventId(), after);
    return Optional.of(Change.between(new Asked(before), new Asked(after)));
  }

  private static void requireOwn(List<Question> before, List<QuestionTerms> wanted) {
    Set<UUID> own = before.stream().map(Question::id).collect(Collectors.toSet());
    List<FieldError> faults =
        IntStream.range(0, wanted.size())
            .filter(i -> {
              UUID id = wanted.get(i).id();
              return id != null && !own.contains(id);
            })
            .mapToObj(i -> FieldProblem.NOT_FOUND.at("data[" + i + "].id"))
            .toList();
    if (!faults.isEmpty()) {
      throw CommonProblem.INVALID_REQUEST.violation(faults);
    }
  }
}
