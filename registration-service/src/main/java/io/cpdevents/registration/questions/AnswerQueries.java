package io.cpdevents.registration.questions;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.Parameters;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What can be read about answers. */
@Component
public class AnswerQueries {

  private record Row(UUID registrationId, Answer answer) {}

  private final JdbcClient jdbc;

  AnswerQueries(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The answers of these registrations, in the order in which they were given. */
  public Map<UUID, List<Answer>> of(Collection<UUID> registrationIds) {
    return jdbc
        .sql(
            """
            SELECT * FROM registration_answer
            WHERE registration_id = ANY (cast(:ids AS uuid[]))
            ORDER BY registration_id, position
            """)
        .param("ids", Parameters.uuids(registrationIds, Function.identity()))
        .query((row, _) ->
            new Row(
                Columns.uuid(row, "registration_id"),
                new Answer(
                    Columns.uuid(row, "question_id"),
                    row.getString("label"),
                    Columns.constant(QuestionKind.class, row, "kind"),
                    Columns.uuidOrNull(row, "ticket_id"),
                    row.getString("value"))))
        .list()
        .stream()
        .collect(groupingBy(Row::registrationId, mapping(Row::answer, toList())));
  }
}
