package io.cpdevents.registration.erasure;

import io.cpdevents.platform.sql.Columns;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL about people who are forgotten. */
@Component
class ErasedPeople {

  private final JdbcClient jdbc;

  ErasedPeople(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Takes the person's name and address off tickets: off their own by both, off those that somebody
   * else has booked for them by the address. A ticket's code goes on letting somebody in.
   *
   * @return the registrations of the person, and those in which they were named
   */
  Set<UUID> forgetAttendee(ErasedPerson person) {
    Set<UUID> registrations = new HashSet<>(registrationsOf(person));
    registrations.addAll(forgetAddress(person));
    person.names().forEach(name -> forgetName(person.accountId(), name));
    return registrations;
  }

  private List<UUID> registrationsOf(ErasedPerson person) {
    return jdbc.sql("SELECT id FROM registration WHERE account_id = :accountId")
        .param("accountId", person.accountId())
        .query((row, _) -> Columns.uuid(row, "id"))
        .list();
  }

  private List<UUID> forgetAddress(ErasedPerson person) {
    return jdbc.sql(
            """
            UPDATE ticket SET attendee_name = :nobody, attendee_email = :nowhere
             WHERE lower(attendee_email) = ANY (CAST(:emails AS text[]))
            RETURNING registration_id
            """)
        .param("nobody", ErasedPerson.NOBODY)
        .param("nowhere", ErasedPerson.NOWHERE)
        .param("emails", person.emails().toArray(String[]::new))
        .query((row, _) -> Columns.uuid(row, "registration_id"))
        .list();
  }

  /**
   * By the whole name, also beside a title; a name of one word only where the ticket says nothing
   * else, for "Li" stands in many names of guests.
   */
  private void forgetName(UUID accountId, String name) {
    jdbc.sql(
            """
            UPDATE ticket t SET attendee_name = :nobody, attendee_email = :nowhere
              FROM registration r
             WHERE r.id = t.registration_id AND r.account_id = :accountId
               AND (lower(t.attendee_name) = :name
                    OR (strpos(:name, ' ') > 0
                        AND strpos(' ' || lower(t.attendee_name) || ' ', ' ' || :name || ' ') > 0))
            """)
        .param("nobody", ErasedPerson.NOBODY)
        .param("nowhere", ErasedPerson.NOWHERE)
        .param("accountId", accountId)
        .param("name", name)
        .update();
  }

  /** What was typed about the person's cancellations. */
  void forgetReasons(ErasedPerson person) {
    jdbc.sql(
            """
            UPDATE registration_history h SET reason = NULL
              FROM registration r
             WHERE r.id = h.registration_id AND r.account_id = :accountId AND h.reason IS NOT NULL
            """)
        .param("accountId", person.accountId())
        .update();
  }

  /** Whether the person has ever booked. */
  boolean hasRegistrations(ErasedPerson person) {
    return jdbc.sql("SELECT EXISTS (SELECT FROM registration WHERE account_id = :accountId)")
        .param("accountId", person.accountId())
        .query(Boolean.class)
        .single();
  }
}
