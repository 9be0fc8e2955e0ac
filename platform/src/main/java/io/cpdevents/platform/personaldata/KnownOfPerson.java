package io.cpdevents.platform.personaldata;

import io.cpdevents.platform.personaldata.TellsAboutPeople.Section;
import java.util.StringJoiner;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads what a service has about a person. */
public final class KnownOfPerson {

  /** Of each section; nobody has more, and an answer has to end. */
  private static final int MAX_SECTION_ROWS = 20_000;

  private final JdbcClient jdbc;
  private final TellsAboutPeople service;

  KnownOfPerson(JdbcClient jdbc, TellsAboutPeople service) {
    this.jdbc = jdbc;
    this.service = service;
  }

  /** All of it, as a JSON object with an array for each section. */
  public String about(UUID accountId, String email) {
    StringJoiner sections = new StringJoiner(",\n", "{", "}\n");
    for (Section section : service.sections()) {
      sections.add("\"%s\": %s".formatted(section.name(), rows(section, accountId, email)));
    }
    return sections.toString();
  }

  /** PostgreSQL writes the JSON, with the names that the query gives. */
  private String rows(Section section, UUID accountId, String email) {
    return jdbc.sql(
            """
            SELECT coalesce(json_agg(row_to_json(found)), '[]')::text AS rows
            FROM (SELECT * FROM (%s) every LIMIT %d) found,
                 (SELECT CAST(:accountId AS uuid), CAST(:email AS text)) both_are_used
            """
                .formatted(section.query(), MAX_SECTION_ROWS))
        .param("accountId", accountId)
        .param("email", email)
        .query((row, _) -> row.getString("rows"))
        .single();
  }
}
