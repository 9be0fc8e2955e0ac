package io.cpdevents.registration.promocodes;

import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.KeysetPage;
import io.cpdevents.platform.sql.Parameters;
import io.cpdevents.platform.web.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL about promo codes, except for their uses. */
@Component
class PromoCodes {

  /** A code with the number of registrations that have it. */
  record Counted(PromoCode code, int uses) {}

  private static final String SELECT =
      """
      SELECT c.*, u.version, u.max_uses, u.max_uses_per_account, u.uses
      FROM promo_code c JOIN promo_code_use u ON u.promo_code_id = c.id
      """;

  private final JdbcClient jdbc;

  PromoCodes(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Saves a new code.
   *
   * @return false when the organization has one with these letters, or the same request has come
   *     before and saved it
   */
  boolean insert(PromoCode code) {
    return withTerms(
                jdbc.sql(
                    """
                    WITH inserted AS (
                        INSERT INTO promo_code (id, organization_id, code, status, percent_off,
                            currency, amount_off_minor, valid_from, valid_until, event_ids,
                            ticket_type_ids, created_at)
                        VALUES (:id, :organizationId, :code, :status, :percentOff, :currency,
                            :amountOffMinor, :validFrom, :validUntil,
                            cast(:eventIds AS uuid[]), cast(:ticketTypeIds AS uuid[]), :createdAt)
                        ON CONFLICT DO NOTHING
                        RETURNING id
                    )
                    INSERT INTO promo_code_use
                        (promo_code_id, version, max_uses, max_uses_per_account)
                    SELECT id, :version, :maxUses, :maxUsesPerAccount FROM inserted
                    """),
                code)
            .param("organizationId", code.organizationId())
            .param("code", code.terms().code())
            .param("createdAt", Parameters.instant(code.createdAt()))
            .update()
        == 1;
  }

  /** Saves a locked code. Whoever has read it before cannot use it without reading it again. */
  void update(PromoCode code) {
    int updated =
        withTerms(
                jdbc.sql(
                    """
                    WITH changed AS (
                        UPDATE promo_code
                        SET status = :status, percent_off = :percentOff, currency = :currency,
                            amount_off_minor = :amountOffMinor, valid_from = :validFrom,
                            valid_until = :validUntil, event_ids = cast(:eventIds AS uuid[]),
                            ticket_type_ids = cast(:ticketTypeIds AS uuid[])
                        WHERE id = :id
                    )
                    UPDATE promo_code_use
                    SET version = :version, max_uses = :maxUses,
                        max_uses_per_account = :maxUsesPerAccount
                    WHERE promo_code_id = :id AND version = :version - 1
                    """),
                code)
            .update();
    if (updated != 1) {
      throw new IllegalStateException("promo code %s was changed unlocked".formatted(code.id()));
    }
  }

  Optional<Counted> find(UUID id) {
    return jdbc.sql(SELECT + "WHERE c.id = :id")
        .param("id", id)
        .query(PromoCodes::counted)
        .optional();
  }

  /**
   * The code, which nobody else changes until the transaction ends. It is read after the lock: a
   * statement that waits for a row sees the others as they were when it began.
   */
  Optional<PromoCode> lock(UUID id) {
    jdbc.sql("SELECT id FROM promo_code WHERE id = :id FOR NO KEY UPDATE")
        .param("id", id)
        .query(UUID.class)
        .optional();
    return find(id).map(Counted::code);
  }

  List<Counted> ofOrganization(UUID organizationId, PageRequest request) {
    KeysetPage page = KeysetPage.descending("c.created_at", "c.id", request);
    return jdbc.sql(
            SELECT
                + "WHERE c.organization_id = :organizationId"
                + page.condition()
                + page.orderAndLimit())
        .param("organizationId", organizationId)
        .params(page.parameters())
        .query(PromoCodes::counted)
        .list();
  }

  /** How many of these events the organization has. */
  int countEvents(UUID organizationId, Set<UUID> ids) {
    return jdbc.sql(
            """
            SELECT count(*) FROM event
            WHERE organization_id = :organizationId AND id = ANY (cast(:ids AS uuid[]))
            """)
        .param("organizationId", organizationId)
        .param("ids", Parameters.uuids(ids, Function.identity()))
        .query(Integer.class)
        .single();
  }

  /** How many of these ticket types the organization has. */
  int countTicketTypes(UUID organizationId, Set<UUID> ids) {
    return jdbc.sql(
            """
            SELECT count(*) FROM ticket_type t JOIN event e ON e.id = t.event_id
            WHERE e.organization_id = :organizationId AND t.id = ANY (cast(:ids AS uuid[]))
            """)
        .param("organizationId", organizationId)
        .param("ids", Parameters.uuids(ids, Function.identity()))
        .query(Integer.class)
        .single();
  }

  /** How many codes, of all or of accounts, count other uses than there are registrations. */
  int countDifferences() {
    return jdbc.sql(
            """
            WITH live AS (
                SELECT promo_code_id, account_id, count(*) AS uses
                FROM registration
                WHERE promo_code_id IS NOT NULL AND status IN ('held', 'confirmed')
                GROUP BY promo_code_id, account_id
            ), of_codes AS (
                SELECT promo_code_id, sum(uses) AS uses FROM live GROUP BY promo_code_id
            )
            SELECT (SELECT count(*)
                    FROM promo_code_use u FULL JOIN of_codes l USING (promo_code_id)
                    WHERE coalesce(u.uses, 0) <> coalesce(l.uses, 0))
                + (SELECT count(*)
                    FROM promo_code_account_use u
                        FULL JOIN live l USING (promo_code_id, account_id)
                    WHERE coalesce(u.uses, 0) <> coalesce(l.uses, 0))
            """)
        .query(Integer.class)
        .single();
  }

  private static JdbcClient.StatementSpec withTerms(
      JdbcClient.StatementSpec statement, PromoCode code) {
    PromoCodeTerms terms = code.terms();
    Money amount = terms.amountOff();
    return statement
        .param("id", code.id())
        .param("version", code.version())
        .param("status", Parameters.constant(terms.status()))
        .param("percentOff", Parameters.integer(terms.percentOff()))
        .param(
            "currency",
            Parameters.text(amount == null ? null : Parameters.currency(amount.currency())))
        .param("amountOffMinor", Parameters.bigint(amount == null ? null : amount.amountMinor()))
        .param("maxUses", Parameters.integer(terms.maxUses()))
        .param("maxUsesPerAccount", Parameters.integer(terms.maxUsesPerAccount()))
        .param("validFrom", Parameters.instant(terms.validFrom()))
        .param("validUntil", Parameters.instant(terms.validUntil()))
        .param("eventIds", ids(terms.eventIds()))
        .param("ticketTypeIds", ids(terms.ticketTypeIds()));
  }

  private static UUID @Nullable [] ids(@Nullable Set<UUID> ids) {
    return ids == null ? null : ids.toArray(UUID[]::new);
  }

  private static Counted counted(ResultSet row, int number) throws SQLException {
    return new Counted(code(row), row.getInt("uses"));
  }

  private static PromoCode code(ResultSet row) throws SQLException {
    return new PromoCode(
        Columns.uuid(row, "id"),
        Columns.uuid(row, "organization_id"),
        row.getLong("version"),
        new PromoCodeTerms(
            row.getString("code"),
            Columns.integerOrNull(row, "percent_off"),
            row.getString("currency") == null ? null : Columns.money(row, "amount_off_minor"),
            Columns.integerOrNull(row, "max_uses"),
            Columns.integerOrNull(row, "max_uses_per_account"),
            Columns.instantOrNull(row, "valid_from"),
            Columns.instantOrNull(row, "valid_until"),
            Columns.uuidsOrNull(row, "event_ids"),
            Columns.uuidsOrNull(row, "ticket_type_ids"),
            Columns.constant(PromoCodeStatus.class, row, "status")),
        Columns.instant(row, "created_at"));
  }
}
