package io.cpdevents.registration.erasure;

import io.cpdevents.platform.erasure.ErasedPerson;
import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.Parameters;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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

  /** Since when a ticket is for whom it is for now. */
  private static final String HELD_SINCE =
      """
      coalesce((SELECT max(c.changed_at) FROM ticket_change c WHERE c.ticket_id = t.id),
               r.created_at)
      """;

  /** Since when a ticket was for whoever had it before a change. */
  private static final String HAD_SINCE =
      """
      coalesce((SELECT max(c.changed_at) FROM ticket_change c
                 WHERE c.ticket_id = h.ticket_id AND (c.changed_at, c.id) < (h.changed_at, h.id)),
               r.created_at)
      """;

  /** An address is the person's at these times alone. */
  private static final String WHILE_THEIRS =
      " <@ tstzrange(CAST(:since AS timestamptz), CAST(:until AS timestamptz), '(]')\n";

  private static final String IS_CALLED_SO =
      """
      IN (SELECT regexp_replace(lower(called), '\\s+', ' ', 'g')
            FROM unnest(CAST(:names AS text[])) called)
      """;

  /**
   * Takes the person's name and address off tickets: off those that they have booked by both, off
   * those that somebody else has booked for them by the address, the present one and those from
   * before. A guest whose name is not the person's own keeps it. A ticket's code goes on letting
   * somebody in.
   *
   * @return the registrations of the person, and those in which they are or were named
   */
  Set<UUID> forgetAttendee(ErasedPerson person) {
    Set<UUID> registrations = new HashSet<>(registrationsOf(person));
    person.addresses().forEach(address -> registrations.addAll(forgetAddress(address)));
    forgetName(person);
    // After the tickets: whoever gives one away at this moment holds it until this is written.
    person.addresses().forEach(address -> registrations.addAll(forgetFormerAddress(address)));
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
               AND
            """
                + HELD_SINCE
                + WHILE_THEIRS
                + "RETURNING t.registration_id")
        .params(inPlaceOf(address))
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
            """
                + IS_CALLED_SO)
        .param("nobody", ErasedPerson.NOBODY)
        .param("nowhere", ErasedPerson.NOWHERE)
        .param("accountId", person.accountId())
        .param("names", person.names().toArray(String[]::new))
        .update();
  }

  /** Who had a ticket before it was given to somebody else. */
  private List<UUID> forgetFormerAddress(ErasedPerson.Address address) {
    return jdbc.sql(
            """
            UPDATE ticket_change h SET former_name = :nobody, former_email = :nowhere
              FROM ticket t JOIN registration r ON r.id = t.registration_id
             WHERE t.id = h.ticket_id AND lower(h.former_email) = lower(:email)
               AND
            """
                + HAD_SINCE
                + WHILE_THEIRS
                + "RETURNING t.registration_id")
        .params(inPlaceOf(address))
        .query((row, _) -> Columns.uuid(row, "registration_id"))
        .list();
  }

  private void forgetFormerName(ErasedPerson person) {
    jdbc.sql(
            """
            UPDATE ticket_change h SET former_name = :nobody, former_email = :nowhere
              FROM ticket t JOIN registration r ON r.id = t.registration_id
             WHERE t.id = h.ticket_id AND r.account_id = :accountId
               AND regexp_replace(lower(h.former_name), '\\s+', ' ', 'g')
            """
                + IS_CALLED_SO)
        .param("nobody", ErasedPerson.NOBODY)
        .param("nowhere", ErasedPerson.NOWHERE)
        .param("accountId", person.accountId())
        .param("names", person.names().toArray(String[]::new))
        .update();
  }

  private static Map<String, Object> inPlaceOf(ErasedPerson.Address address) {
    Map<String, Object> parameters = new HashMap<>(theirs(address));
    parameters.put("nobody", ErasedPerson.NOBODY);
    parameters.put("nowhere", ErasedPerson.NOWHERE);
    return parameters;
  }

  private static Map<String, Object> theirs(ErasedPerson.Address address) {
    return Map.of(
        "email",
        address.email(),
        "since",
        Parameters.instant(address.since()),
        "until",
        Parameters.instant(address.until()));
  }

  /**
   * What the person has answered, as a buyer and about tickets that are or were for them; asked
   * before tickets lose name and address. What somebody has consented to is kept as the proof of
   * it.
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
               AND EXISTS (
                   SELECT FROM (SELECT t.attendee_name AS name
                                UNION ALL
                                SELECT h.former_name FROM ticket_change h
                                 WHERE h.ticket_id = t.id) holder
                    WHERE regexp_replace(lower(holder.name), '\\s+', ' ', 'g')
            """
                + IS_CALLED_SO
                + ")")
        .param("accountId", person.accountId())
        .param("names", person.names().toArray(String[]::new))
        .update();
    person.addresses().forEach(this::forgetAnswersOf);
  }

  /** A ticket keeps its answers when it is given to somebody else: they may be of each holder. */
  private void forgetAnswersOf(ErasedPerson.Address address) {
    jdbc.sql(
            """
            UPDATE registration_answer a SET value = NULL
              FROM (SELECT t.id, t.registration_id
                      FROM ticket t JOIN registration r ON r.id = t.registration_id
                     WHERE lower(t.attendee_email) = lower(:email)
                       AND
            """
                + HELD_SINCE
                + WHILE_THEIRS
                + """
                    UNION ALL
                    SELECT t.id, t.registration_id
                      FROM ticket_change h
                      JOIN ticket t ON t.id = h.ticket_id
                      JOIN registration r ON r.id = t.registration_id
                     WHERE lower(h.former_email) = lower(:email)
                       AND
                """
                + HAD_SINCE
                + WHILE_THEIRS
                + """
                       ) held
                 WHERE held.id = a.ticket_id AND held.registration_id = a.registration_id
                   AND a.kind <> 'consent'
                """)
        .params(theirs(address))
        .update();
  }

  /** The events of these registrations. */
  List<UUID> eventsOf(Collection<UUID> registrations) {
    return jdbc.sql(
            "SELECT DISTINCT event_id FROM registration WHERE id = ANY (CAST(:ids AS uuid[]))")
        .param("ids", Parameters.uuids(registrations, id -> id))
        .query((row, _) -> Columns.uuid(row, "event_id"))
        .list();
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

  /**
   * What was typed about others, and names the person; the rest of it stays. Only organizations
   * with which they had to do are looked at: a name is its owner's choice, and may be two words
   * that anybody types.
   *
   * @param registrations of the person, and those in which they were named
   */
  void forgetMentions(ErasedPerson person, Collection<UUID> registrations) {
    for (String statement :
        List.of(
            """
            UPDATE registration_note typed
               SET text = regexp_replace(text, :mention, :nobody, 'gi')
              FROM registration r
             WHERE r.id = typed.registration_id AND text ~* :mention AND r.organization_id IN
            """,
            """
            UPDATE registration_history typed
               SET reason = regexp_replace(reason, :mention, :nobody, 'gi')
              FROM registration r
             WHERE r.id = typed.registration_id AND reason IS NOT NULL AND reason ~* :mention
               AND r.organization_id IN
            """,
            """
            UPDATE waitlist_history typed
               SET reason = regexp_replace(reason, :mention, :nobody, 'gi')
              FROM waitlist_entry w
             WHERE w.id = typed.entry_id AND reason IS NOT NULL AND reason ~* :mention
               AND w.organization_id IN
            """)) {
      jdbc.sql(
              statement
                  + """
                  (SELECT organization_id FROM registration
                    WHERE id = ANY (CAST(:registrations AS uuid[]))
                    UNION
                   SELECT organization_id FROM waitlist_entry WHERE account_id = :accountId)
                  """)
          .param("mention", person.mention())
          .param("nobody", ErasedPerson.NOBODY)
          .param("registrations", Parameters.uuids(registrations, id -> id))
          .param("accountId", person.accountId())
          .update();
    }
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
