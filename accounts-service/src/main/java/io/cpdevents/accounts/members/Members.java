package io.cpdevents.accounts.members;

import io.cpdevents.platform.security.OrganizationRole;
import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.Parameters;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * All SQL about members, except the queries of {@link MemberQueries}, which only display them. The
 * organization is locked by whoever changes one.
 */
@Component
class Members {

  private final JdbcClient jdbc;

  Members(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  Optional<Member> lock(UUID organizationId, UUID accountId) {
    return jdbc.sql(
            """
            SELECT organization_id, account_id, role, version, joined_at
              FROM organization_member
             WHERE organization_id = :organizationId AND account_id = :accountId
               FOR UPDATE
            """)
        .param("organizationId", organizationId)
        .param("accountId", accountId)
        .query(Members::member)
        .optional();
  }

  /** The owners of a locked organization. */
  List<UUID> ownersOf(UUID organizationId) {
    return jdbc.sql(
            """
            SELECT account_id FROM organization_member
             WHERE organization_id = :organizationId AND role = 'owner' ORDER BY account_id
            """)
        .param("organizationId", organizationId)
        .query((row, _) -> Columns.uuid(row, "account_id"))
        .list();
  }

  /** The organizations to which a person belongs, in the order in which they are locked. */
  List<UUID> organizationsOf(UUID accountId) {
    return jdbc.sql(
            """
            SELECT organization_id FROM organization_member
             WHERE account_id = :accountId ORDER BY organization_id
            """)
        .param("accountId", accountId)
        .query((row, _) -> Columns.uuid(row, "organization_id"))
        .list();
  }

  /** All memberships of a person; the organizations are locked. */
  List<Member> lockAll(UUID accountId) {
    return jdbc.sql(
            """
            SELECT organization_id, account_id, role, version, joined_at
              FROM organization_member
             WHERE account_id = :accountId
             ORDER BY organization_id
               FOR UPDATE
            """)
        .param("accountId", accountId)
        .query(Members::member)
        .list();
  }

  /** All members of a locked organization. */
  List<Member> lockAllOf(UUID organizationId) {
    return jdbc.sql(
            """
            SELECT organization_id, account_id, role, version, joined_at
              FROM organization_member
             WHERE organization_id = :organizationId
             ORDER BY account_id
               FOR UPDATE
            """)
        .param("organizationId", organizationId)
        .query(Members::member)
        .list();
  }

  /** Adds the member; false when the person belongs to the organization already. */
  boolean add(Member member) {
    return jdbc.sql(
                """
                INSERT INTO organization_member (organization_id, account_id, role, version,
                                                 joined_at)
                VALUES (:organizationId, :accountId, :role, :version, :joinedAt)
                ON CONFLICT (organization_id, account_id) DO NOTHING
                """)
            .param("organizationId", member.organizationId())
            .param("accountId", member.accountId())
            .param("role", Parameters.constant(member.role()))
            .param("version", member.version())
            .param("joinedAt", Parameters.instant(member.joinedAt()))
            .update()
        == 1;
  }

  /** Saves a locked member. */
  void save(Member member) {
    int updated =
        jdbc.sql(
                """
                UPDATE organization_member SET role = :role, version = :version
                 WHERE organization_id = :organizationId AND account_id = :accountId
                   AND version = :version - 1
                """)
            .param("organizationId", member.organizationId())
            .param("accountId", member.accountId())
            .param("role", Parameters.constant(member.role()))
            .param("version", member.version())
            .update();
    if (updated != 1) {
      throw new IllegalStateException(member + " was not locked before it was changed");
    }
  }

  void remove(Member member) {
    jdbc.sql(
            """
            DELETE FROM organization_member
             WHERE organization_id = :organizationId AND account_id = :accountId
            """)
        .param("organizationId", member.organizationId())
        .param("accountId", member.accountId())
        .update();
  }

  private static Member member(ResultSet row, int index) throws SQLException {
    return new Member(
        Columns.uuid(row, "organization_id"),
        Columns.uuid(row, "account_id"),
        Columns.constant(OrganizationRole.class, row, "role"),
        row.getLong("version"),
        Columns.instant(row, "joined_at"));
  }
}
