package io.cpdevents.registration.questions;

import io.cpdevents.platform.sql.Parameters;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL that writes answers. */
@Component
class Answers {

  private final JdbcClient jdbc;

  Answers(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Saves the answers of a registration, in their order. */
  void insert(UUID registrationId, List<Answer> answers) {
    jdbc.sql(
            """
            INSERT INTO registration_answer
                (registration_id, position, question_id, ticket_id, label, kind, value)
            SELECT :registrationId, a.position, a.question_id, a.ticket_id, a.label, a.kind, a.value
            FROM unnest(cast(:questionIds AS uuid[]), cast(:ticketIds AS uuid[]),
                    cast(:labels AS text[]), cast(:kinds AS text[]), cast(:values AS text[]))
                WITH ORDINALITY AS a (question_id, ticket_id, label, kind, value, position)
            ON CONFLICT (registration_id, position) DO NOTHING
            """)
        .param("registrationId", registrationId)
        .param("questionIds", Parameters.uuids(answers, Answer::questionId))
        .param("ticketIds", Parameters.uuids(answers, Answer::ticketId))
        .param("labels", Parameters.texts(answers, Answer::label))
        .param("kinds", Parameters.constants(answers, Answer::kind))
        .param("values", Parameters.texts(answers, Answer::value))
        .update();
  }
}
