package io.cpdevents.accounts.organizations;

import io.cpdevents.platform.security.OrganizationRole;
import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.Parameters;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * All SQL about organizations and their members, except the queries of {@link OrganizationQueries},
 * which only display them.
 */
@Component
class Organizations {

  private final JdbcClient jdbc;

  Organizations(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Adds the organization; false when an earlier try of the same request has added it. */
  boolean add(Organization organization) {
    return jdbc.sql(
                """
                INSERT INTO organization (id, name, owner_account_id, version, created_at, changed_at)
                VALUES (:id, :name, :ownerAccountId, :version, :createdAt, :changedAt)
                ON CONFLICT (id) DO NOTHING
                """)
            .param("id", organization.id())
            .param("name", organization.name())
            .param("ownerAccountId", organization.ownerAccountId())
            .param("version", organization.version())
            .param("createdAt", Parameters.instant(organization.createdAt()))
            .param("changedAt", Parameters.instant(organization.changedAt()))
            .update()
        == 1;
  }

  void addOwner(Organization organization) {
    jdbc.sql(
            """
            INSERT INTO organization_member (organization_id, account_id, role, joined_at)
            VALUES (:organizationId, :accountId, 'owner', :joinedAt)
            """)
        .param("organizationId", organization.id())
        .param("accountId", organization.ownerAccountId())
        .param("joinedAt", Parameters.instant(organization.createdAt()))
        .update();
  }

  /** Counts the person's memberships; the lock lets only one request at a time add one. */
  int lockAndCountMemberships(UUID accountId) {
    jdbc.sql("SELECT id FROM account WHERE id = :accountId FOR NO KEY UPDATE")
        .param("accountId", accountId)
        .query(UUID.class)
        .optional();
    return jdbc.sql("SELECT count(*) FROM organization_member WHERE account_id = :accountId")
        .param("accountId", accountId)
        .query(Integer.class)
        .single();
  }

  Optional<OrganizationRole> roleOf(UUID organizationId, UUID accountId) {
    return jdbc.sql(
            """
            SELECT role FROM organization_member
             WHERE organization_id = :organizationId AND account_id = :accountId
            """)
        .param("organizationId", organizationId)
        .param("accountId", accountId)
        .query((row, _) -> Columns.constant(OrganizationRole.class, row, "role"))
        .optional();
  }

  Optional<Organization> lock(UUID id) {
    return jdbc.sql(
            """
            SELECT id, name, owner_account_id, factor_required, version, created_at, changed_at
              FROM organization
             WHERE id = :id AND closed_at IS NULL
               FOR UPDATE
            """)
        .param("id", id)
        .query((row, _) ->
            new Organization(
                Columns.uuid(row, "id"),
                row.getString("name"),
                Columns.uuid(row, "owner_account_id"),
                row.getBoolean("factor_required"),
                row.getLong("version"),
                Columns.instant(row, "created_at"),
                Columns.instant(row, "changed_at")))
        .optional();
  }

  /** Locks the organization if the person belongs to it; nobody else holds it up. */
  void lockAsMember(UUID id, UUID accountId) {
    jdbc.sql(
            """
            SELECT o.id
              FROM organization o
              JOIN organization_member m ON m.organization_id = o.id AND m.account_id = :accountId
             WHERE o.id = :id
               FOR UPDATE OF o
            """)
        .param("id", id)
        .param("accountId", accountId)
        .query(UUID.class)
        .optional();
  }

  /** Who needs a second factor where the organization asks for it. */
  List<UUID> membersWithConsequence(UUID id) {
    return jdbc.sql(
            """
            SELECT account_id FROM organization_member
             WHERE organization_id = :id AND role <> 'staff'
             ORDER BY account_id
            """)
        .param("id", id)
        .query((row, _) -> Columns.uuid(row, "account_id"))
        .list();
  }

  /** Counts one owner more. */
  void addToOwners(UUID id) {
    jdbc.sql("UPDATE organization SET owners = owners + 1 WHERE id = :id").param("id", id).update();
  }

  /** Whether an organization would have no owner without this person. */
  boolean isLastOwner(UUID accountId) {
    // Two owners who ask at the same time take turns.
    jdbc.sql(
            """
            SELECT id FROM organization
             WHERE id IN (SELECT organization_id FROM organization_member
                           WHERE account_id = :accountId AND role = 'owner')
             ORDER BY id FOR UPDATE
            """)
        .param("accountId", accountId)
        .query(UUID.class)
        .list();
    return jdbc.sql(
            """
            SELECT EXISTS (SELECT FROM organization_member m
                            WHERE m.account_id = :accountId AND m.role = 'owner'
                              AND NOT EXISTS (
                            SELECT FROM organization_member o
                             WHERE o.organization_id = m.organization_id AND o.role = 'owner'
                               AND o.account_id <> m.account_id AND NOT EXISTS (
                            SELECT FROM erasure e
                             WHERE e.account_id = o.account_id AND e.ended_at IS NULL)))
            """)
        .param("accountId", accountId)
        .query(Boolean.class)
        .single();
  }

  /** Counts one owner less; false when no other one stays, or only such as are being erased. */
  boolean takeFromOwners(UUID id, UUID accountId) {
    return jdbc.sql(
                """
                UPDATE organization SET owners = owners - 1
                 WHERE id = :id AND owners > 1 AND EXISTS (
                       SELECT FROM organization_member o
                        WHERE o.organization_id = :id AND o.role = 'owner'
                          AND o.account_id <> :accountId AND NOT EXISTS (
                       SELECT FROM erasure e
                        WHERE e.account_id = o.account_id AND e.ended_at IS NULL))
                """)
            .param("id", id)
            .param("accountId", accountId)
            .update()
        == 1;
  }

  /** All owners of a locked organization. */
  List<UUID> owners(UUID id) {
    return jdbc.sql(
            """
            SELECT account_id FROM organization_member
             WHERE organization_id = :id AND role = 'owner'
             ORDER BY account_id
            """)
        .param("id", id)
        .query((row, _) -> Columns.uuid(row, "account_id"))
        .list();
  }

  /** The owner who has been a member for longest, but for this one. */
  UUID firstOwnerBut(UUID id, UUID accountId) {
    return jdbc.sql(
            """
            SELECT account_id FROM organization_member
             WHERE organization_id = :id AND role = 'owner' AND account_id <> :accountId
             ORDER BY EXISTS (SELECT FROM erasure e
                               WHERE e.account_id = organization_member.account_id
                                 AND e.ended_at IS NULL),
                      joined_at, account_id
             LIMIT 1
            """)
        .param("id", id)
        .param("accountId", accountId)
        .query(UUID.class)
        .single();
  }

  /** Closes a locked organization: it has no owner any more, and nobody finds it. */
  void close(Organization organization, Instant closedAt) {
    int updated =
        jdbc.sql(
                """
                UPDATE organization
                   SET closed_at = :closedAt, owners = 0, owner_account_id = NULL,
                       version = version + 1, changed_at = :closedAt
                 WHERE id = :id AND version = :version AND closed_at IS NULL
                """)
            .param("id", organization.id())
            .param("version", organization.version())
            .param("closedAt", Parameters.instant(closedAt))
            .update();
    if (updated != 1) {
      throw new IllegalStateException(organization + " was not locked before it was closed");
    }
  }

  /** Saves a locked organization. */
  void save(Organization organization) {
    int updated =
        jdbc.sql(
                """
                UPDATE organization
                   SET name = :name, owner_account_id = :ownerAccountId,
                       factor_required = :factorRequired, version = :version,
                       changed_at = :changedAt
                 WHERE id = :id AND version = :version - 1
                """)
            .param("id", organization.id())
            .param("name", organization.name())
            .param("ownerAccountId", organization.ownerAccountId())
            .param("factorRequired", organization.factorRequired())
            .param("version", organization.version())
            .param("changedAt", Parameters.instant(organization.changedAt()))
            .update();
    if (updated != 1) {
      throw new IllegalStateException(organization + " was not locked before it was changed");
    }
  }
}
