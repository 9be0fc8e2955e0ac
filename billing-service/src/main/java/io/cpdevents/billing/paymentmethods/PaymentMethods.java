package io.cpdevents.billing.paymentmethods;

import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.Parameters;
import java.sql.ResultSet;
import java.sql.SQLException;
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
  record Kept(PaymentMethod method, boolean isDefault) {}

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

  /** Whose card it is. */
  Optional<UUID> organizationOf(String methodId) {
    return jdbc.sql("SELECT organization_id FROM payment_method WHERE id = :id")
        .param("id", methodId)
        .query(UUID.class)
        .optional();
  }

  /** Puts these in place of all cards of an organization, whose customer is locked. */
  void replace(UUID organizationId, List<PaymentMethod> methods, @Nullable String defaultId) {
    jdbc.sql("DELETE FROM payment_method WHERE organization_id = :organizationId")
        .param("organizationId", organizationId)
        .update();
    methods.forEach(method -> insert(organizationId, method, method.id().equals(defaultId)));
  }

  private void insert(UUID organizationId, PaymentMethod method, boolean isDefault) {
    jdbc.sql(
            """
            INSERT INTO payment_method (
                id, organization_id, brand, last4, exp_month, exp_year, is_default, attached_at)
            VALUES (
                :id, :organizationId, :brand, :last4, :expMonth, :expYear, :isDefault, :attachedAt)
            """)
        .param("id", method.id())
        .param("organizationId", organizationId)
        .param("brand", method.brand())
        .param("last4", method.last4())
        .param("expMonth", method.expires().getMonthValue())
        .param("expYear", method.expires().getYear())
        .param("isDefault", isDefault)
        .param("attachedAt", Parameters.instant(method.attachedAt()))
        .update();
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
