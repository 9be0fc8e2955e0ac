package io.cpdevents.platform.personaldata;

import io.cpdevents.platform.personaldata.TellsAboutPeople.Section;
import java.util.List;
import java.util.Objects;
import java.util.StringJoiner;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** Reads what a service has about a person. */
public final class KnownOfPerson {

  /** Of each section; nobody has more, and an answer has to end. */
  private static final int MAX_SECTION_ROWS = 20_000;

  private static final JsonMapper JSON = new JsonMapper();

  private final JdbcClient jdbc;
  private final TellsAboutPeople service;

  KnownOfPerson(JdbcClient jdbc, TellsAboutPeople service) {
    this.jdbc = jdbc;
    this.service = service;
  }

  /** All of it, as a JSON object with an array for each section. */
  public String about(UUID accountId, PersonAddress email, List<PersonAddress> formerEmails) {
    String addresses = addresses(email, formerEmails);
    StringJoiner sections = new StringJoiner(",\n", "{", "}\n");
    for (Section section : service.sections()) {
      sections.add(
          "\"%s\": %s"
              .formatted(section.name(), rows(section, accountId, email.email(), addresses)));
    }
    return sections.toString();
  }

  private static String addresses(PersonAddress email, List<PersonAddress> formerEmails) {
    ArrayNode addresses = JSON.createArrayNode();
    Stream.concat(Stream.of(email), formerEmails.stream())
        .forEach(address ->
            addresses
                .addObject()
                .put("email", address.email())
                .put("since", Objects.toString(address.since(), null))
                .put("until", Objects.toString(address.until(), null)));
    return addresses.toString();
  }

  /** PostgreSQL writes the JSON, with the names that the query gives. */
  private String rows(Section section, UUID accountId, String email, String addresses) {
    return jdbc.sql(
            """
            SELECT coalesce(json_agg(row_to_json(found)), '[]')::text AS rows
            FROM (SELECT * FROM (%s) every LIMIT %d) found,
                 (SELECT CAST(:accountId AS uuid), CAST(:email AS text),
                       CAST(:addresses AS json)) all_are_used
            """
                .formatted(section.query(), MAX_SECTION_ROWS))
        .param("accountId", accountId)
        .param("email", email)
        .param("addresses", addresses)
        .query((row, _) -> row.getString("rows"))
        .single();
  }
}
