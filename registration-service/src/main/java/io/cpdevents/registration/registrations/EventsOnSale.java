package io.cpdevents.registration.registrations;

import io.cpdevents.contracts.ContractsJson;
import io.cpdevents.registration.events.EventMode;
import io.cpdevents.registration.events.RefundPolicy;
import io.cpdevents.registration.registrations.Offer.OfferedTicketType;
import io.cpdevents.registration.sql.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads what a published event sells, in one statement and without a lock. */
@Component
class Offers {

  /** Reads as no account: nobody's registrations are counted. */
  static final UUID NOBODY = new UUID(0, 0);

  private final JdbcClient jdbc;

  Offers(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The offer of a published event, for an account that wants these ticket types. */
  Optional<Offer> find(UUID eventId, List<TicketWish> wishes, UUID accountId) {
    return jdbc.sql(
            """
            SELECT e.*, t.id AS ticket_type_id, t.name, t.price_minor,
                t.quota - t.taken AS ticket_type_places_left, t.sale_opens_at, t.sale_closes_at,
                t.min_per_registration, t.max_per_registration,
                (SELECT u.registrations FROM account_limit_use u
                 WHERE u.event_id = e.id AND u.account_id = :accountId) AS registrations
            FROM event e
            LEFT JOIN ticket_type t
                ON t.event_id = e.id AND t.id = ANY (cast(:ticketTypeIds AS uuid[]))
            WHERE e.id = :eventId AND e.status = 'published'
            """)
        .param("eventId", eventId)
        .param("accountId", accountId)
        .param("ticketTypeIds", wishes.stream().map(TicketWish::ticketTypeId).toArray(UUID[]::new))
        .query(Offers::offer);
  }

  private static Optional<Offer> offer(ResultSet row) throws SQLException {
    if (!row.next()) {
      return Optional.empty();
    }
    EventSummary event = eventSummary(row, "id");
    long version = row.getLong("version");
    Currency currency = Currency.getInstance(row.getString("currency"));
    int placesLeft = row.getInt("capacity") - row.getInt("taken");
    Integer perAccountLimit = row.getObject("per_account_limit", Integer.class);
    int registrations = row.getInt("registrations");
    RefundPolicy policy =
        ContractsJson.mapper().readValue(row.getString("refund_policy"), RefundPolicy.class);
    Map<UUID, OfferedTicketType> ticketTypes = new HashMap<>();
    do {
      UUID id = row.getObject("ticket_type_id", UUID.class);
      if (id != null) {
        ticketTypes.put(id, ticketType(id, row));
      }
    } while (row.next());
    return Optional.of(
        new Offer(
            event,
            version,
            currency,
            placesLeft,
            perAccountLimit,
            registrations,
            policy,
            ticketTypes));
  }

  private static OfferedTicketType ticketType(UUID id, ResultSet row) throws SQLException {
    return new OfferedTicketType(
        id,
        row.getString("name"),
        row.getLong("price_minor"),
        row.getObject("ticket_type_places_left", Integer.class),
        Columns.instantOrNull(row, "sale_opens_at"),
        Columns.instantOrNull(row, "sale_closes_at"),
        row.getInt("min_per_registration"),
        row.getInt("max_per_registration"));
  }

  /** The event of a row that has the columns of {@code event}. */
  static EventSummary eventSummary(ResultSet row, String idColumn) throws SQLException {
    return new EventSummary(
        row.getObject(idColumn, UUID.class),
        row.getObject("organization_id", UUID.class),
        row.getString("title"),
        Columns.constant(EventMode.class, row, "mode"),
        Columns.instant(row, "starts_at"),
        Columns.instant(row, "ends_at"),
        row.getString("time_zone"),
        row.getString("venue"));
  }
}
