package io.cpdevents.billing.paymentmethods;

import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.Parameters;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL about cards. */
@Component
class PaymentMethods {

  /** A card, and whether it pays the invoices. */
  record Kept(PaymentMethod method, boolean isDefault) {

    /** Whether it is this card, and pays. */
    boolean isDefault(String methodId) {
      return isDefault && method.id().equals(methodId);
    }
  }

  /**
   * A card that ends soon, or has ended.
   *
   * @param dueAt when something was to be done about that
   */
  record Due(UUID organizationId, PaymentMethod method, Instant dueAt) {}

  private final JdbcClient jdbc;

  PaymentMethods(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The cards of an organization, the default first, then those that were saved last. */
  List<Kept> of(UUID organizationId) {
    return jdbc.sql(
            """
            SELECT * FROM payment_method WHERE organization_id = :organizationId
            ORDER BY is_default DESC, attached_at DESC, id
            """)
        .param("organizationId", organizationId)
        .query(PaymentMethods::read)
        .list();
  }

  /** The card of an organization that pays; empty when there is none. */
  Optional<String> defaultOf(UUID organizationId) {
    return jdbc.sql(
            "SELECT id FROM payment_method WHERE organization_id = :organizationId AND is_default")
        .param("organizationId", organizationId)
        .query(String.class)
        .optional();
  }

  /** Whose card it is. */
  Optional<UUID> organizationOf(String methodId) {
    return jdbc.sql("SELECT organization_id FROM payment_method WHERE id = :id")
        .param("id", methodId)
        .query(UUID.class)
        .optional();
  }

  /**
   * Puts these in place of all cards of an organization, whose customer is locked. What people were
   * told about the end of a card stays told, unless its end is another one.
   */
  void replace(
      UUID organizationId, List<PaymentMethod> methods, @Nullable String defaultId, Instant now) {
    jdbc.sql(
            """
            DELETE FROM payment_method
            WHERE organization_id = :organizationId AND id <> ALL (CAST(:kept AS text[]))
            """)
        .param("organizationId", organizationId)
        .param("kept", methods.stream().map(PaymentMethod::id).toArray(String[]::new))
        .update();
    jdbc.sql(
            """
            UPDATE payment_method SET is_default = false
            WHERE organization_id = :organizationId AND is_default
            """)
        .param("organizationId", organizationId)
        .update();
    methods.forEach(method -> keep(organizationId, method, method.id().equals(defaultId), now));
  }

  private void keep(UUID organizationId, PaymentMethod method, boolean isDefault, Instant now) {
    jdbc.sql(
            """
            INSERT INTO payment_method AS kept (
                id, organization_id, brand, last4, exp_month, exp_year, is_default, attached_at,
                next_notice_at)
            VALUES (
                :id, :organizationId, :brand, :last4, :expMonth, :expYear, :isDefault, :attachedAt,
                :nextNoticeAt)
            ON CONFLICT (id) DO UPDATE
            SET organization_id = excluded.organization_id, brand = excluded.brand,
                last4 = excluded.last4, exp_month = excluded.exp_month,
                exp_year = excluded.exp_year, is_default = excluded.is_default,
                next_notice_at =
                    CASE WHEN (kept.exp_month, kept.exp_year)
                              = (excluded.exp_month, excluded.exp_year)
                         THEN kept.next_notice_at ELSE excluded.next_notice_at END
            """)
        .param("id", method.id())
        .param("organizationId", organizationId)
        .param("brand", method.brand())
        .param("last4", method.last4())
        .param("expMonth", method.expires().getMonthValue())
        .param("expYear", method.expires().getYear())
        .param("isDefault", isDefault)
        .param("attachedAt", Parameters.instant(method.attachedAt()))
        .param("nextNoticeAt", Parameters.instant(method.nextNotice(now).orElse(null)))
        .update();
  }

  /** About whose end something is to be done now, those that wait longest first. */
  List<Due> due(Instant now, int maxRows) {
    return jdbc.sql(
            """
            SELECT * FROM payment_method
            WHERE next_notice_at <= :now ORDER BY next_notice_at LIMIT :maxRows
            """)
        .param("now", Parameters.instant(now))
        .param("maxRows", maxRows)
        .query((row, number) ->
            new Due(
                Columns.uuid(row, "organization_id"),
                read(row, number).method(),
                Columns.instant(row, "next_notice_at")))
        .list();
  }

  /**
   * Says when something is to be done next about a card, unless somebody else has; locks it.
   *
   * @param nextAt null for nothing more
   * @return whether it pays the invoices; empty when somebody else was first, or it is gone
   */
  Optional<Boolean> moveNotice(Due due, @Nullable Instant nextAt) {
    return jdbc.sql(
            """
            UPDATE payment_method SET next_notice_at = :nextAt
            WHERE id = :id AND next_notice_at = :dueAt RETURNING is_default
            """)
        .param("id", due.method().id())
        .param("dueAt", Parameters.instant(due.dueAt()))
        .param("nextAt", Parameters.instant(nextAt))
        .query(Boolean.class)
        .optional();
  }

  private static Kept read(ResultSet row, int number) throws SQLException {
    return new Kept(
        new PaymentMethod(
            row.getString("id"),
            row.getString("brand"),
            row.getString("last4"),
            YearMonth.of(row.getInt("exp_year"), row.getInt("exp_month")),
            Columns.instant(row, "attached_at")),
        row.getBoolean("is_default"));
  }
}
