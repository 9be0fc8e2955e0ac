package io.cpdevents.registration.erasure;

import io.cpdevents.platform.personaldata.TellsAboutPeople;
import java.util.List;
import org.springframework.stereotype.Component;

/** What this service has about a person, as a buyer and as an attendee. */
@Component
class PersonSections implements TellsAboutPeople {

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
            FROM (SELECT a.email, bool_or(a.until IS NULL) AS now, max(a.until) AS until
                  FROM json_to_recordset(CAST(:addresses AS json)) a (email text, until timestamptz)
                  GROUP BY a.email) known
            JOIN ticket t ON lower(t.attendee_email) = known.email
            JOIN registration r ON r.id = t.registration_id
            JOIN event e ON e.id = r.event_id
            WHERE r.account_id <> :accountId AND (known.now OR r.created_at <= known.until)
            """),
        new Section(
            "ticketsGivenAway",
            """
            SELECT e.title AS event, t.ticket_type_name AS "ticketType",
                   h.former_name AS "attendeeName", h.former_email AS "attendeeEmail",
                   h.changed_at AS "changedAt"
            FROM ticket_change h
            JOIN ticket t ON t.id = h.ticket_id
            JOIN registration r ON r.id = t.registration_id
            JOIN event e ON e.id = r.event_id
            LEFT JOIN (SELECT a.email, bool_or(a.until IS NULL) AS now, max(a.until) AS until
                       FROM json_to_recordset(CAST(:addresses AS json)) a (email text, until timestamptz)
                       GROUP BY a.email) known
                ON lower(h.former_email) = known.email
            WHERE r.account_id = :accountId OR known.now OR r.created_at <= known.until
            ORDER BY h.changed_at
            """),
        new Section(
            "answers",
            """
            SELECT a.registration_id AS "registrationId", a.ticket_id AS "ticketId", a.label, a.value
            FROM registration_answer a JOIN registration r ON r.id = a.registration_id
            WHERE r.account_id = :accountId ORDER BY a.registration_id, a.position
            """),
        new Section(
            "answersFromOthers",
            """
            SELECT e.title AS event, a.label, a.value
            FROM (SELECT k.email, bool_or(k.until IS NULL) AS now, max(k.until) AS until
                  FROM json_to_recordset(CAST(:addresses AS json)) k (email text, until timestamptz)
                  GROUP BY k.email) known
            JOIN ticket t ON lower(t.attendee_email) = known.email
            JOIN registration r ON r.id = t.registration_id
            JOIN event e ON e.id = r.event_id
            JOIN registration_answer a ON a.registration_id = r.id AND a.ticket_id = t.id
            WHERE r.account_id <> :accountId AND (known.now OR r.created_at <= known.until)
            """),
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
