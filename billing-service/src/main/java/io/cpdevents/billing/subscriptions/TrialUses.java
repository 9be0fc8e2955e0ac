package io.cpdevents.billing.subscriptions;

import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.Parameters;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL about who owns organizations, which are closed, and who has tried a plan. */
@Component
class TrialUses {

  private final JdbcClient jdbc;

  TrialUses(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Keeps who owns an organization, and that it is closed, unless a later version is kept. */
  void keepOwners(KeepOwner.Command command) {
    jdbc.sql(
            """
            INSERT INTO organization_owner AS kept (
                organization_id, version, owner_account_id, owner_account_ids, closed)
            VALUES (:organizationId, :version, :ownerAccountId, :ownerAccountIds, :closed)
            ON CONFLICT (organization_id) DO UPDATE
            SET version = excluded.version, owner_account_id = excluded.owner_account_id,
                owner_account_ids = excluded.owner_account_ids, closed = excluded.closed
            WHERE kept.version < excluded.version
            """)
        .param("organizationId", command.organizationId())
        .param("version", command.version())
        .param("ownerAccountId", command.ownerAccountId())
        .param("ownerAccountIds", Parameters.uuids(command.ownerAccountIds(), Function.identity()))
        .param("closed", command.closed())
        .update();
  }

  /** Whether nobody belongs to an organization any more. */
  boolean isClosed(UUID organizationId) {
    return jdbc.sql(
            """
            SELECT EXISTS (
                SELECT FROM organization_owner WHERE organization_id = :organizationId AND closed)
            """)
        .param("organizationId", organizationId)
        .query(Boolean.class)
        .single();
  }

  /** Who owns an organization; empty when that has not been told yet. */
  Set<UUID> owners(UUID organizationId) {
    return new TreeSet<>(
        jdbc.sql(
                """
                SELECT unnest(owner_account_id || owner_account_ids) AS account_id
                FROM organization_owner WHERE organization_id = :organizationId
                """)
            .param("organizationId", organizationId)
            .query((row, _) -> Columns.uuid(row, "account_id"))
            .list());
  }

  /**
   * Notes that an organization and its owners try a plan. What it has noted counts only when all of
   * them may: whoever hears otherwise undoes the transaction.
   *
   * @param ownerAccountIds in one order, so that two who ask at once take turns
   * @return false when one of them has done so before
   */
  boolean use(UUID organizationId, Set<UUID> ownerAccountIds, Instant now) {
    UUID first = ownerAccountIds.iterator().next();
    return jdbc.sql(
                    """
                    INSERT INTO trial_use (organization_id, owner_account_id, used_at)
                    SELECT :organizationId, :ownerAccountId, :now
                    WHERE NOT EXISTS (
                        SELECT FROM trial_use WHERE owner_account_id = ANY (:accountIds))
                    ON CONFLICT DO NOTHING
                    """)
                .param("organizationId", organizationId)
                .param("ownerAccountId", first)
                .param("accountIds", Parameters.uuids(ownerAccountIds, Function.identity()))
                .param("now", Parameters.instant(now))
                .update()
            == 1
        && jdbc.sql(
                    """
                    INSERT INTO trial_owner (account_id, organization_id)
                    SELECT account_id, :organizationId
                    FROM unnest(:accountIds) WITH ORDINALITY AS owner (account_id, place)
                    ORDER BY place
                    ON CONFLICT DO NOTHING
                    """)
                .param("organizationId", organizationId)
                .param("accountIds", Parameters.uuids(ownerAccountIds, Function.identity()))
                .update()
            == ownerAccountIds.size();
  }

  /** Those who own an organization now try its plan, too; who has had a trial before has had it. */
  void join(UUID organizationId) {
    jdbc.sql(
            """
            INSERT INTO trial_owner (account_id, organization_id)
            SELECT DISTINCT account_id, organization_id
            FROM trial_use
            JOIN organization_owner owner USING (organization_id)
            CROSS JOIN unnest(owner.owner_account_id || owner.owner_account_ids) account_id
            WHERE organization_id = :organizationId
            ORDER BY account_id
            ON CONFLICT DO NOTHING
            """)
        .param("organizationId", organizationId)
        .update();
  }

  /** A trial that has not begun is not used. */
  void giveBack(UUID organizationId) {
    jdbc.sql("DELETE FROM trial_use WHERE organization_id = :organizationId")
        .param("organizationId", organizationId)
        .update();
  }
}
