package io.cpdevents.registration.erasure;

import io.cpdevents.platform.personaldata.TellsAboutPeople;
import java.util.List;
import org.springframework.stereotype.Component;

/** What this service has about a person, as a buyer and as an attendee. */
@Component
class PersonSections implements TellsAboutPeople {

  /** The addresses that the person has and had. */
  private static final String KNOWN =
      """
      json_to_recordset(CAST(:addresses AS json))
          known (email text, since timestamptz, until timestamptz)
      """;

  /** The tickets that came to be for an address of the person while it was theirs. */
  private static final String HELD =
      """
      SELECT DISTINCT t.id
      FROM %s
      JOIN ticket t ON lower(t.attendee_email) = known.email
      JOIN registration r ON r.id = t.registration_id
      WHERE coalesce((SELECT max(c.changed_at) FROM ticket_change c WHERE c.ticket_id = t.id),
                     r.created_at) <@ tstzrange(known.since, known.until, '(]')
      """
          .formatted(KNOWN);

  /** The changes by which a ticket went from such an address to somebody else. */
  private static final String HAD =
      """
      SELECT h.id
      FROM %s
      JOIN ticket_change h ON lower(h.former_email) = known.email
      JOIN ticket t ON t.id = h.ticket_id
      JOIN registration r ON r.id = t.registration_id
      WHERE coalesce((SELECT max(c.changed_at) FROM ticket_change c
                      WHERE c.ticket_id = h.ticket_id
                        AND (c.changed_at, c.id) < (h.changed_at, h.id)),
                     r.created_at) <@ tstzrange(known.since, known.until, '(]')
      """
          .formatted(KNOWN);

  @Override
  public List<Section> sections() {
    return List.of(
        new Section(
            "registrations",
            """
            SELECT r.id, e.title AS event, r.status, r.currency, r.total_minor AS "totalMinor",
                   r.created_at AS "createdAt", r.confirmed_at AS "confirmedAt", r.cancelled_at AS "cancelledAt"
            FROM registration r JOIN event e ON e.id = r.event_id
            WHERE r.account_id = :accountId ORDER BY r.created_at
            """),
        new Section(
            "tickets",
            """
            SELECT t.registration_id AS "registrationId", t.ticket_type_name AS "ticketType",
                   t.attendee_name AS "attendeeName", t.attendee_email AS "attendeeEmail", t.status,
                   t.total_minor AS "totalMinor"
            FROM ticket t JOIN registration r ON r.id = t.registration_id
            WHERE r.account_id = :accountId ORDER BY t.registration_id, t.position
            """),
        new Section(
            "ticketsFromOthers",
            """
            SELECT e.title AS event, t.ticket_type_name AS "ticketType",
                   t.attendee_name AS "attendeeName", t.attendee_email AS "attendeeEmail", t.status
            FROM (%s) held
            JOIN ticket t ON t.id = held.id
            JOIN registration r ON r.id = t.registration_id
            JOIN event e ON e.id = r.event_id
            WHERE r.account_id <> :accountId
            """
                .formatted(HELD)),
        new Section(
            "ticketsGivenAway",
            """
            SELECT e.title AS event, t.ticket_type_name AS "ticketType",
                   h.former_name AS "attendeeName", h.former_email AS "attendeeEmail",
                   h.changed_at AS "changedAt"
            FROM (%s UNION SELECT h.id
                           FROM ticket_change h
                           JOIN ticket t ON t.id = h.ticket_id
                           JOIN registration r ON r.id = t.registration_id
                           WHERE r.account_id = :accountId) had
            JOIN ticket_change h ON h.id = had.id
            JOIN ticket t ON t.id = h.ticket_id
            JOIN registration r ON r.id = t.registration_id
            JOIN event e ON e.id = r.event_id
            ORDER BY h.changed_at
            """
                .formatted(HAD)),
        new Section(
            "checkIns",
            """
            SELECT e.title AS event, s.ticket_id AS "ticketId", s.direction,
                   s.scanned_at AS "scannedAt", s.undone_at AS "undoneAt"
            FROM (%s UNION SELECT t.id
                           FROM ticket t JOIN registration r ON r.id = t.registration_id
                           WHERE r.account_id = :accountId) held
            JOIN check_in_scan s ON s.ticket_id = held.id
            JOIN ticket t ON t.id = held.id
            JOIN registration r ON r.id = t.registration_id
            JOIN event e ON e.id = r.event_id
            ORDER BY s.scanned_at
            """
                .formatted(HELD)),
        new Section(
            "answers",
            """
            SELECT a.registration_id AS "registrationId", a.ticket_id AS "ticketId", a.label, a.value
            FROM registration_answer a JOIN registration r ON r.id = a.registration_id
            WHERE r.account_id = :accountId ORDER BY a.registration_id, a.position
            """),
        // Of a ticket that was given to somebody else, whoever had it first has answered.
        new Section(
            "answersFromOthers",
            """
            SELECT e.title AS event, a.label, a.value
            FROM (SELECT t.id
                  FROM (%s) held JOIN ticket t ON t.id = held.id
                  WHERE NOT EXISTS (SELECT FROM ticket_change c WHERE c.ticket_id = t.id)
                  UNION
                  SELECT h.ticket_id
                  FROM (%s) had JOIN ticket_change h ON h.id = had.id
                  WHERE NOT EXISTS (SELECT FROM ticket_change c
                                    WHERE c.ticket_id = h.ticket_id
                                      AND (c.changed_at, c.id) < (h.changed_at, h.id))) first
            JOIN ticket t ON t.id = first.id
            JOIN registration r ON r.id = t.registration_id
            JOIN event e ON e.id = r.event_id
            JOIN registration_answer a ON a.registration_id = r.id AND a.ticket_id = t.id
            WHERE r.account_id <> :accountId
            ORDER BY a.registration_id, a.position
            """
                .formatted(HELD, HAD)),
        new Section(
            "cancellations",
            """
            SELECT h.registration_id AS "registrationId", h.occurred_at AS "occurredAt", h.cause, h.reason
            FROM registration_history h JOIN registration r ON r.id = h.registration_id
            WHERE r.account_id = :accountId AND h.cause IS NOT NULL ORDER BY h.occurred_at
            """),
        new Section(
            "waitlist",
            """
            SELECT w.id, e.title AS event, w.status, w.places, w.joined_at AS "joinedAt",
                   w.offer_expires_at AS "offerExpiresAt", w.registration_id AS "registrationId",
                   (SELECT json_agg(json_build_object('at', h.occurred_at, 'status', h.to_status,
                            'position', h.position, 'reason', h.reason) ORDER BY h.number)
                      FROM waitlist_history h WHERE h.entry_id = w.id) AS history
            FROM waitlist_entry w JOIN event e ON e.id = w.event_id
            WHERE w.account_id = :accountId ORDER BY w.joined_at
            """),
        new Section(
            "notes",
            """
            SELECT n.registration_id AS "registrationId", n.made_at AS "madeAt", n.text
            FROM registration_note n JOIN registration r ON r.id = n.registration_id
            WHERE r.account_id = :accountId ORDER BY n.made_at
            """));
  }
}
