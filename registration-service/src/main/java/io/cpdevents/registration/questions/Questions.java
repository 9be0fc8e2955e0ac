package io.cpdevents.registration.questions;

import io.cpdevents.platform.Ids;
import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.Parameters;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL about questions. Whoever writes has locked the event. */
@Component
class Questions {

  private final JdbcClient jdbc;

  Questions(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The questions of an event, in their order. */
  List<Question> of(UUID eventId) {
    return jdbc.sql("SELECT * FROM question WHERE event_id = :eventId ORDER BY position")
        .param("eventId", eventId)
        .query(Questions::question)
        .list();
  }

  /** Replaces all questions of a locked event. */
  void replace(UUID eventId, List<Question> questions) {
    jdbc.sql("DELETE FROM question WHERE event_id = :eventId").param("eventId", eventId).update();
    for (int i = 0; i < questions.size(); i++) {
      insert(eventId, i, questions.get(i));
    }
    count(eventId);
  }

  /** Gives a new event the questions of another one. */
  void copy(UUID fromEventId, UUID toEventId) {
    List<Question> questions = of(fromEventId);
    for (int i = 0; i < questions.size(); i++) {
      Question from = questions.get(i);
      insert(
          toEventId,
          i,
          new Question(
              Ids.next(), from.label(), from.kind(), from.required(), from.per(), from.choices()));
    }
    count(toEventId);
  }

  private void insert(UUID eventId, int position, Question question) {
    List<String> choices = question.choices();
    jdbc.sql(
            """
            INSERT INTO question (id, event_id, position, label, kind, required, per, choices)
            VALUES (:id, :eventId, :position, :label, :kind, :required, :per,
                cast(:choices AS text[]))
            """)
        .param("id", question.id())
        .param("eventId", eventId)
        .param("position", position)
        .param("label", question.label())
        .param("kind", Parameters.constant(question.kind()))
        .param("required", question.required())
        .param("per", Parameters.constant(question.per()))
        .param("choices", choices == null ? null : choices.toArray(String[]::new))
        .update();
  }

  private void count(UUID eventId) {
    jdbc.sql(
            """
            UPDATE event SET questions = (SELECT count(*) FROM question WHERE event_id = :eventId)
            WHERE id = :eventId
            """)
        .param("eventId", eventId)
        .update();
  }

  private static Question question(ResultSet row, int number) throws SQLException {
    return new Question(
        Columns.uuid(row, "id"),
        row.getString("label"),
        Columns.constant(QuestionKind.class, row, "kind"),
        row.getBoolean("required"),
        Columns.constant(AnsweredPer.class, row, "per"),
        choices(row));
  }

  private static @Nullable List<String> choices(ResultSet row) throws SQLException {
    Array choices = row.getArray("choices");
    return choices == null ? null : List.of((String[]) choices.getArray());
  }
}
