package io.cpdevents.registration.registrations;

import io.cpdevents.platform.http.CallerNetwork;
import io.cpdevents.platform.sql.Parameters;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * All SQL about the networks from which places are held. Each account keeps to the limits of an
 * event; many of one network would together hold the last places again and again. So a network of
 * which several accounts left places of an event unpaid within a day, and more than it has paid
 * registrations, counts as one account: what all of it holds unpaid takes the share of what is left
 * that one may. An office whose people pay is not bound by it, however many they are, and nobody
 * binds it alone. The /48 of IPv6, which anybody gets for nothing, is bound in the same way when
 * more accounts did so, because in it there may be many subscribers.
 */
@Component
class HoldOrigins {

  /** How long it is remembered where a hold came from. */
  static final Duration MAX_AGE = Duration.ofDays(1);

  /** One or two are forgotten by anybody. */
  private static final int MIN_LAPSED_ACCOUNTS = 3;

  /** Of a /48, in which many people who have nothing to do with each other may be. */
  private static final int MIN_LAPSED_ACCOUNTS_OF_ALLOTMENT = 10;

  /**
   * From then on a hold that is let go counts like one that ran out; before, it counts in part. So
   * who thinks better of it soon counts for little, and who lets go just in time again and again
   * does not get around it.
   */
  static final Duration WHOLE_LAPSE_TIME = Duration.ofMinutes(5);

  /**
   * The accounts of one network that want places of one event.
   *
   * @param isAllotment whether it is a /48 in which there are several subscribers
   */
  record Crowd(UUID eventId, String network, boolean isAllotment) {

    private String column() {
      return isAllotment ? "allotment" : "network";
    }

    private int minLapsedAccounts() {
      return isAllotment ? MIN_LAPSED_ACCOUNTS_OF_ALLOTMENT : MIN_LAPSED_ACCOUNTS;
    }

    private byte[] digest() {
      return NetworkDigest.of(eventId, network);
    }
  }

  private final JdbcClient jdbc;

  HoldOrigins(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The crowds that somebody belongs to who comes from there. */
  static List<Crowd> crowdsOf(UUID eventId, CallerNetwork network) {
    Crowd subscriber = new Crowd(eventId, network.subscriber(), false);
    return network.isShared()
        ? List.of(subscriber, new Crowd(eventId, network.allotment(), true))
        : List.of(subscriber);
  }

  /** Notes where a hold comes from, before its places are taken, in the same transaction. */
  void add(NewRegistration placed, CallerNetwork network) {
    Registration registration = placed.registration();
    jdbc.sql(
            """
            INSERT INTO hold_origin (registration_id, event_id, network, allotment, held_at)
            VALUES (:id, :eventId, :network, :allotment, :heldAt)
            ON CONFLICT (registration_id) DO NOTHING
            """)
        .param("id", registration.id())
        .param("eventId", registration.eventId())
        .param("network", NetworkDigest.of(registration.eventId(), network.subscriber()))
        .param(
            "allotment",
            Parameters.bytes(
                network.isShared()
                    ? NetworkDigest.of(registration.eventId(), network.allotment())
                    : null))
        .param("heldAt", Parameters.instant(placed.placedAt()))
        .update();
  }

  /**
   * Whether several accounts of the network left places of the event unpaid within a day, each of
   * which counts once, and more of them than registrations that the network has paid and kept.
   */
  boolean areOftenUnpaid(Crowd crowd, Instant now) {
    return jdbc.sql(
            """
            WITH lapsed AS (
                SELECT least(1, sum(CASE r.status WHEN 'expired' THEN 1
                    ELSE extract(epoch FROM r.cancelled_at - o.held_at) / :wholeLapseSeconds
                    END)) AS part
                FROM hold_origin o JOIN registration r ON r.id = o.registration_id
                WHERE o.event_id = :eventId AND o.%1$s = :network AND o.held_at > :since
                  AND NOT o.paid AND r.status IN ('expired', 'cancelled')
                GROUP BY r.account_id
            ), accounts AS (
                SELECT coalesce(sum(part), 0) AS lapsed FROM lapsed
            )
            SELECT CASE WHEN a.lapsed < :minLapsed THEN false ELSE a.lapsed > (
                SELECT count(*)
                FROM hold_origin o JOIN registration r ON r.id = o.registration_id
                WHERE o.event_id = :eventId AND o.%1$s = :network AND o.held_at > :since
                  AND o.paid AND r.status = 'confirmed') END
            FROM accounts a
            """
                .formatted(crowd.column()))
        .param("eventId", crowd.eventId())
        .param("network", crowd.digest())
        .param("since", Parameters.instant(now.minus(MAX_AGE)))
        .param("minLapsed", crowd.minLapsedAccounts())
        .param("wholeLapseSeconds", WHOLE_LAPSE_TIME.toSeconds())
        .query(Boolean.class)
        .single();
  }

  /**
   * Whether the network has not more than its share now that the places are taken. The event's row
   * is locked by that, so nobody else takes or gives back places of it meanwhile.
   */
  boolean keepsToShare(Crowd crowd, NewRegistration placed) {
    EventOnSale event = placed.eventOnSale();
    return jdbc.sql(
            """
            WITH unpaid AS (
                SELECT k.ticket_type_id, count(*) AS places
                FROM hold_origin o JOIN registration r ON r.id = o.registration_id
                    JOIN ticket k ON k.registration_id = r.id
                WHERE o.event_id = :eventId AND o.%1$s = :network AND NOT o.paid
                  AND r.status = 'held'
                GROUP BY k.ticket_type_id
            ), all_unpaid AS (
                SELECT coalesce(sum(places), 0) AS places FROM unpaid
            )
            SELECT u.places <= greatest(1, :smallest,
                    ceil((e.capacity - e.taken + u.places) * :maxShareBasisPoints / 10000.0))
                AND NOT EXISTS (
                    SELECT FROM unpaid n JOIN ticket_type t ON t.id = n.ticket_type_id
                    WHERE t.id = ANY (cast(:wantedTypes AS uuid[])) AND t.quota IS NOT NULL
                      AND n.places > greatest(1, t.min_per_registration,
                          ceil((t.quota - t.taken + n.places) * :maxShareBasisPoints / 10000.0)))
            FROM event e, all_unpaid u
            WHERE e.id = :eventId
            """
                .formatted(crowd.column()))
        .param("eventId", crowd.eventId())
        .param("network", crowd.digest())
        .param("smallest", event.smallestOf(placed.wanted()))
        .param("maxShareBasisPoints", event.holdLimits().maxShareBasisPoints())
        .param("wantedTypes", Parameters.uuids(placed.wanted(), TicketQuantity::ticketTypeId))
        .query(Boolean.class)
        .single();
  }

  /** Removes one batch of those that are no longer counted; returns how many. */
  int removeOld(Instant now, int batchRows) {
    return jdbc.sql(
            """
            DELETE FROM hold_origin
            WHERE registration_id = ANY (ARRAY(
                SELECT registration_id FROM hold_origin WHERE held_at <= :before
                LIMIT :batchRows FOR UPDATE SKIP LOCKED))
            """)
        .param("before", Parameters.instant(now.minus(MAX_AGE)))
        .param("batchRows", batchRows)
        .update();
  }
}
