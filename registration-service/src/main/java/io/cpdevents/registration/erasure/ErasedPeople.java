package io.cpdevents.registration.erasure;

import io.cpdevents.platform.erasure.ErasedPerson;
import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.Parameters;
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
   * Takes the person's name and address off tickets: off those that they have booked by both, off
   * those that somebody else has booked for them by the address, the present one and those from
   * before. A guest whose name is not the person's own keeps it. A ticket's code goes on letting
   * somebody in.
   *
   * @return the registrations of the person, and those in which they were named
   */
  Set<UUID> forgetAttendee(ErasedPerson person) {
    Set<UUID> registrations = new HashSet<>(registrationsOf(person));
    person.addresses().forEach(address -> registrations.addAll(forgetAddress(address)));
    forgetName(person);
    // After the tickets: whoever gives one away at this moment holds it until this is written.
    person.addresses().forEach(this::forgetFormerAddress);
    forgetFormerName(person);
    return registrations;
  }

  private List<UUID> registrationsOf(ErasedPerson person) {
    return jdbc.sql("SELECT id FROM registration WHERE account_id = :accountId")
        .param("accountId", person.accountId())
        .query((row, _) -> Columns.uuid(row, "id"))
        .list();
  }

  private List<UUID> forgetAddress(ErasedPerson.Address address) {
    return jdbc.sql(
            """
            UPDATE ticket t SET attendee_name = :nobody, attendee_email = :nowhere
              FROM registration r
             WHERE r.id = t.registration_id AND lower(t.attendee_email) = lower(:email)
               AND (CAST(:until AS timestamptz) IS NULL OR r.created_at <= :until)
            RETURNING t.registration_id
            """)
        .param("nobody", ErasedPerson.NOBODY)
        .param("nowhere", ErasedPerson.NOWHERE)
        .param("email", address.email())
        .param("until", Parameters.instant(address.until()))
        .query((row, _) -> Columns.uuid(row, "registration_id"))
        .list();
  }

  private void forgetName(ErasedPerson person) {
    jdbc.sql(
            """
            UPDATE ticket t SET attendee_name = :nobody, attendee_email = :nowhere
              FROM registration r
             WHERE r.id = t.registration_id AND r.account_id = :accountId
               AND regexp_replace(lower(t.attendee_name), '\\s+', ' ', 'g')
                   IN (SELECT regexp_replace(lower(called), '\\s+', ' ', 'g')
                         FROM unnest(CAST(:names AS text[])) called)
            """)
        .param("nobody", ErasedPerson.NOBODY)
        .param("nowhere", ErasedPerson.NOWHERE)
        .param("accountId", person.accountId())
        .param("names", person.names().toArray(String[]::new))
        .update();
  }

  /** Who had a ticket before it was given to somebody else. */
  private void forgetFormerAddress(ErasedPerson.Address address) {
    jdbc.sql(
            """
            UPDATE ticket_change h SET former_name = :nobody, former_email = :nowhere
              FROM ticket t JOIN registration r ON r.id = t.registration_id
             WHERE t.id = h.ticket_id AND lower(h.former_email) = lower(:email)
               AND (CAST(:until AS timestamptz) IS NULL OR r.created_at <= :until)
            """)
        .param("nobody", ErasedPerson.NOBODY)
        .param("nowhere", ErasedPerson.NOWHERE)
        .param("email", address.email())
        .param("until", Parameters.instant(address.until()))
        .update();
  }

  private void forgetFormerName(ErasedPerson person) {
    jdbc.sql(
            """
            UPDATE ticket_change h SET former_name = :nobody, former_email = :nowhere
              FROM ticket t JOIN registration r ON r.id = t.registration_id
             WHERE t.id = h.ticket_id AND r.account_id = :accountId
               AND regexp_replace(lower(h.former_name), '\\s+', ' ', 'g')
                   IN (SELECT regexp_replace(lower(called), '\\s+', ' ', 'g')
                         FROM unnest(CAST(:names AS text[])) called)
            """)
        .param("nobody", ErasedPerson.NOBODY)
        .param("nowhere", ErasedPerson.NOWHERE)
        .param("accountId", person.accountId())
        .param("names", person.names().toArray(String[]::new))
        .update();
  }

  /**
   * What the person has answered, as a buyer and about tickets for them; asked before their tickets
   * lose name and address. What somebody has consented to is kept as the proof of it.
   */
  void forgetAnswers(ErasedPerson person) {
    jdbc.sql(
            """
            UPDATE registration_answer a SET value = NULL
              FROM registration r
             WHERE r.id = a.registration_id AND r.account_id = :accountId
               AND a.ticket_id IS NULL AND a.kind <> 'consent'
            """)
        .param("accountId", person.accountId())
        .update();
    jdbc.sql(
            """
            UPDATE registration_answer a SET value = NULL
              FROM ticket t JOIN registration r ON r.id = t.registration_id
             WHERE t.id = a.ticket_id AND t.registration_id = a.registration_id
               AND a.kind <> 'consent' AND r.account_id = :accountId
               AND regexp_replace(lower(t.attendee_name), '\\s+', ' ', 'g')
                   IN (SELECT regexp_replace(lower(called), '\\s+', ' ', 'g')
                         FROM unnest(CAST(:names AS text[])) called)
            """)
        .param("accountId", person.accountId())
        .param("names", person.names().toArray(String[]::new))
        .update();
    person.addresses().forEach(this::forgetAnswersOf);
  }

  private void forgetAnswersOf(ErasedPerson.Address address) {
    jdbc.sql(
            """
            UPDATE registration_answer a SET value = NULL
              FROM ticket t JOIN registration r ON r.id = t.registration_id
             WHERE t.id = a.ticket_id AND t.registration_id = a.registration_id
               AND a.kind <> 'consent' AND lower(t.attendee_email) = lower(:email)
               AND (CAST(:until AS timestamptz) IS NULL OR r.created_at <= :until)
            """)
        .param("email", address.email())
        .param("until", Parameters.instant(address.until()))
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

  /** What organizations have remembered about the person's registrations. */
  void forgetNotes(ErasedPerson person) {
    jdbc.sql(
            """
            DELETE FROM registration_note n USING registration r
             WHERE r.id = n.registration_id AND r.account_id = :accountId
            """)
        .param("accountId", person.accountId())
        .update();
  }

  /** What organizations have remembered after the person was forgotten; returns how much. */
  int forgetLateNotes() {
    return jdbc.sql(
            """
            DELETE FROM registration_note n USING registration r
             WHERE r.id = n.registration_id
               AND r.account_id IN (SELECT account_id FROM erasure_task)
            """)
        .update();
  }

  /** What was typed after the person was forgotten; returns how many there were. */
  int forgetLateReasons() {
    return jdbc.sql(
            """
            UPDATE registration_history h SET reason = NULL
              FROM registration r
             WHERE r.id = h.registration_id AND h.reason IS NOT NULL
               AND r.account_id IN (SELECT account_id FROM erasure_task)
            """)
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
