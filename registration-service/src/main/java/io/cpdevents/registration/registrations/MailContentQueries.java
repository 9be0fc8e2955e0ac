package io.cpdevents.registration.registrations;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toMap;

import io.cpdevents.contracts.registration.CancellationCause;
import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.Parameters;
import io.cpdevents.registration.events.RefundPolicy;
import io.cpdevents.registration.events.RefundPolicy.Tier;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What mails show of registrations and nobody needs to read elsewhere. */
@Component
public class MailContentQueries {

  private final JdbcClient jdbc;

  MailContentQueries(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * How a ticket was cancelled.
   *
   * @param reason what the organization typed; null when nothing, or when the buyer cancelled
   * @param tier of the refund policy, by which a buyer who cancelled got money back; null when none
   *     was open, or when the organization cancelled
   */
  public record TicketCancellation(@Nullable String reason, @Nullable Tier tier) {}

  /**
   * Who had a ticket until it was given to somebody else.
   *
   * @param id of the change
   */
  public record FormerHolder(UUID id, UUID ticketId, String name, String email) {}

  private record FormerHolderRow(UUID registrationId, FormerHolder holder) {}

  private record CancelledTicketRow(UUID ticketId, TicketCancellation cancellation) {}

  /** How these registrations' cancelled tickets were cancelled, by ticket. */
  public Map<UUID, TicketCancellation> cancellations(Collection<UUID> registrationIds) {
    if (registrationIds.isEmpty()) {
      return Map.of();
    }
    return jdbc
        .sql(
            """
            SELECT k.id, k.cancelled_at, k.total_minor, k.refund_minor, h.cause, h.reason,
                e.starts_at, r.event_starts_at, r.refund_policy
            FROM ticket k
            JOIN registration r ON r.id = k.registration_id
            JOIN event e ON e.id = r.event_id
            JOIN LATERAL (
                SELECT cause, reason FROM registration_history
                WHERE registration_id = r.id AND occurred_at = k.cancelled_at AND cause IS NOT NULL
                ORDER BY id LIMIT 1) h ON true
            WHERE k.registration_id = ANY (cast(:ids AS uuid[])) AND k.status = 'cancelled'
            """)
        .param("ids", Parameters.uuids(registrationIds, Function.identity()))
        .query(MailContentQueries::cancelledTicket)
        .list()
        .stream()
        .collect(toMap(CancelledTicketRow::ticketId, CancelledTicketRow::cancellation));
  }

  /** Who had tickets of these registrations before, by registration. */
  public Map<UUID, List<FormerHolder>> formerHolders(Collection<UUID> registrationIds) {
    return jdbc
        .sql(
            """
            SELECT k.registration_id, h.id, h.ticket_id, h.former_name, h.former_email
            FROM ticket k JOIN ticket_change h ON h.ticket_id = k.id
            WHERE k.registration_id = ANY (cast(:ids AS uuid[])) AND h.former_code IS NOT NULL
            ORDER BY h.changed_at
            """)
        .param("ids", Parameters.uuids(registrationIds, Function.identity()))
        .query((row, _) ->
            new FormerHolderRow(
                Columns.uuid(row, "registration_id"),
                new FormerHolder(
                    Columns.uuid(row, "id"),
                    Columns.uuid(row, "ticket_id"),
                    row.getString("former_name"),
                    row.getString("former_email"))))
        .list()
        .stream()
        .collect(
            groupingBy(
                FormerHolderRow::registrationId, mapping(FormerHolderRow::holder, toList())));
  }

  /** The versions of these events: a calendar entry takes what has a higher one. */
  public Map<UUID, Long> eventVersions(Collection<UUID> eventIds) {
    return jdbc
        .sql("SELECT id, version FROM event WHERE id = ANY (cast(:ids AS uuid[]))")
        .param("ids", Parameters.uuids(eventIds, Function.identity()))
        .query((row, _) -> Map.entry(Columns.uuid(row, "id"), row.getLong("version")))
        .list()
        .stream()
        .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static CancelledTicketRow cancelledTicket(ResultSet row, int number) throws SQLException {
    boolean byBuyer =
        Columns.constant(CancellationCause.class, row, "cause") == CancellationCause.ATTENDEE;
    return new CancelledTicketRow(
        Columns.uuid(row, "id"),
        byBuyer
            ? new TicketCancellation(null, tier(row))
            : new TicketCancellation(row.getString("reason"), null));
  }

  /**
   * The tier by which a buyer who cancelled got money back; none when more went back than it gives:
   * then the event was moved.
   */
  private static @Nullable Tier tier(ResultSet row) throws SQLException {
    Tier tier =
        Columns.json(RefundPolicy.class, row, "refund_policy")
            .tierAt(
                Columns.instant(row, "cancelled_at"),
                List.of(Columns.instant(row, "starts_at"), Columns.instant(row, "event_starts_at")))
            .orElse(null);
    long total = row.getLong("total_minor");
    boolean everything = total > 0 && row.getLong("refund_minor") == total;
    return everything && tier != null && !tier.returnsEverything() ? null : tier;
  }
}
