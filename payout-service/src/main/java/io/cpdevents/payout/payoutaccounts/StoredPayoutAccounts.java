package io.cpdevents.payout.payoutaccounts;

import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.Parameters;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL about payout accounts. */
@Component
class StoredPayoutAccounts {

  /**
   * An account about which Stripe has to be asked.
   *
   * @param changesTold how many changes Stripe had told when this was read
   */
  record Due(PayoutAccount account, long changesTold) {}

  private final JdbcClient jdbc;

  StoredPayoutAccounts(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Saves an account that is about to be made.
   *
   * @return false when the organization has one: nothing was changed
   */
  boolean insert(PayoutAccount account, Instant nextCheckAt) {
    return jdbc.sql(
                """
                INSERT INTO payout_account (id, organization_id, country, requested_at, status,
                                            standing, next_check_at)
                VALUES (:id, :organizationId, :country, :requestedAt, :status, :standing,
                        :nextCheckAt)
                ON CONFLICT (organization_id) WHERE status <> 'disconnected' DO NOTHING
                """)
            .param("id", account.id())
            .param("organizationId", account.organizationId())
            .param("country", account.country())
            .param("requestedAt", Parameters.instant(account.requestedAt()))
            .param("status", Parameters.constant(account.status()))
            .param("standing", Parameters.json(account.standing()))
            .param("nextCheckAt", Parameters.instant(nextCheckAt))
            .update()
        == 1;
  }

  /** The organization's account, if it has one that is not disconnected. */
  Optional<PayoutAccount> find(UUID organizationId) {
    return jdbc.sql(
            """
            SELECT * FROM payout_account
            WHERE organization_id = :organizationId AND status <> 'disconnected'
            """)
        .param("organizationId", organizationId)
        .query(StoredPayoutAccounts::read)
        .optional();
  }

  Optional<PayoutAccount> lock(UUID id) {
    return jdbc.sql("SELECT * FROM payout_account WHERE id = :id FOR UPDATE")
        .param("id", id)
        .query(StoredPayoutAccounts::read)
        .optional();
  }

  void save(PayoutAccount account) {
    jdbc.sql(
            """
            UPDATE payout_account
            SET status = :status, stripe_id = :stripeId, standing = :standing
            WHERE id = :id
            """)
        .param("id", account.id())
        .param("status", Parameters.constant(account.status()))
        .param("stripeId", Parameters.text(account.stripeId()))
        .param("standing", Parameters.json(account.standing()))
        .update();
  }

  /** Removes an account that Stripe has refused to make, so that it can be requested again. */
  void removeRefused(UUID id) {
    jdbc.sql("DELETE FROM payout_account WHERE id = :id AND status = 'requested'")
        .param("id", id)
        .update();
  }

  /**
   * Notes that Stripe has reported a change of an account.
   *
   * @return false when no account that is not disconnected has this id
   */
  boolean noteChange(String stripeId, Instant now) {
    return jdbc.sql(
                """
                UPDATE payout_account
                SET changes_told = changes_told + 1, next_check_at = LEAST(next_check_at, :now)
                WHERE stripe_id = :stripeId AND status <> 'disconnected'
                """)
            .param("stripeId", stripeId)
            .param("now", Parameters.instant(now))
            .update()
        > 0;
  }

  /** Whether an account has this id at Stripe, connected or not. */
  boolean isKnown(String stripeId) {
    return jdbc.sql("SELECT EXISTS (SELECT FROM payout_account WHERE stripe_id = :stripeId)")
        .param("stripeId", stripeId)
        .query(Boolean.class)
        .single();
  }

  /** Accounts about which Stripe has to be asked, longest due first. */
  List<Due> due(Instant now, int maxRows) {
    return jdbc.sql(
            """
            SELECT * FROM payout_account
            WHERE status <> 'disconnected' AND next_check_at <= :now
            ORDER BY next_check_at LIMIT :maxRows
            """)
        .param("now", Parameters.instant(now))
        .param("maxRows", maxRows)
        .query((row, number) -> new Due(read(row, number), row.getLong("changes_told")))
        .list();
  }

  void checkAgain(UUID id, Instant nextCheckAt) {
    jdbc.sql("UPDATE payout_account SET next_check_at = :at WHERE id = :id")
        .param("id", id)
        .param("at", Parameters.instant(nextCheckAt))
        .update();
  }

  /**
   * Puts the next check off, unless Stripe has told another change since then.
   *
   * @param changesTold how many it had told before it was asked
   */
  void checkAgainUnlessTold(UUID id, long changesTold, Instant nextCheckAt) {
    jdbc.sql(
            """
            UPDATE payout_account SET next_check_at = :at
            WHERE id = :id AND changes_told = :changesTold
            """)
        .param("id", id)
        .param("at", Parameters.instant(nextCheckAt))
        .param("changesTold", changesTold)
        .update();
  }

  private static PayoutAccount read(ResultSet row, int number) throws SQLException {
    return new PayoutAccount(
        Columns.uuid(row, "id"),
        Columns.uuid(row, "organization_id"),
        row.getString("country"),
        Columns.instant(row, "requested_at"),
        Columns.constant(PayoutAccountStatus.class, row, "status"),
        row.getString("stripe_id"),
        Columns.json(PayoutAccount.Standing.class, row, "standing"));
  }
}
