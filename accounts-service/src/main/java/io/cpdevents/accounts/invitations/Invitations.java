package io.cpdevents.accounts.invitations;

import io.cpdevents.platform.security.OrganizationRole;
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

/**
 * All SQL about invitations, except the queries of {@link InvitationQueries} and {@link
 * InvitationMailQueries}. An open one that was taken back is removed.
 */
@Component
class Invitations {

  private static final String SELECT =
      """
      SELECT id, organization_id, email, role, invited_by, invited_at, expires_at, accepted_by
        FROM invitation
      """;

  private final JdbcClient jdbc;

  Invitations(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Adds the invitation; false when an earlier try of the same request has added it. */
  boolean add(Invitation invitation, byte[] tokenSha256) {
    return jdbc.sql(
                """
                INSERT INTO invitation (id, organization_id, email, role, token_sha256, invited_by,
                                        invited_at, expires_at)
                VALUES (:id, :organizationId, :email, :role, :tokenSha256, :invitedBy,
                        :invitedAt, :expiresAt)
                ON CONFLICT (id) DO NOTHING
                """)
            .param("id", invitation.id())
            .param("organizationId", invitation.organizationId())
            .param("email", invitation.email())
            .param("role", Parameters.constant(invitation.role()))
            .param("tokenSha256", tokenSha256)
            .param("invitedBy", invitation.invitedBy())
            .param("invitedAt", Parameters.instant(invitation.invitedAt()))
            .param("expiresAt", Parameters.instant(invitation.expiresAt()))
            .update()
        == 1;
  }

  boolean exists(UUID id) {
    return jdbc.sql("SELECT EXISTS (SELECT FROM invitation WHERE id = :id)")
        .param("id", id)
        .query(Boolean.class)
        .single();
  }

  Optional<Invitation> find(UUID id) {
    return jdbc.sql(SELECT + "WHERE id = :id").param("id", id).query(Invitations::read).optional();
  }

  /** The invitation of a link that counts, accepted or not. */
  Optional<Invitation> findByToken(byte[] tokenSha256, Instant now) {
    return jdbc.sql(
            SELECT
                + """
                WHERE token_sha256 = :tokenSha256 AND expires_at > :now
                  AND (accepted_at IS NULL
                       OR EXISTS (SELECT FROM organization_member m
                                   WHERE m.organization_id = invitation.organization_id
                                     AND m.account_id = invitation.accepted_by))
                """)
        .param("tokenSha256", tokenSha256)
        .param("now", Parameters.instant(now))
        .query(Invitations::read)
        .optional();
  }

  /** Takes the link's one use; false when it was used, taken back or replaced meanwhile. */
  boolean accept(UUID id, UUID accountId, Instant now) {
    return jdbc.sql(
                """
                UPDATE invitation SET accepted_at = :now, accepted_by = :accountId
                 WHERE id = :id AND accepted_at IS NULL AND expires_at > :now
                """)
            .param("id", id)
            .param("accountId", accountId)
            .param("now", Parameters.instant(now))
            .update()
        == 1;
  }

  /** Takes back an open invitation; false when it is not open any more. */
  boolean removeOpen(UUID id) {
    return jdbc.sql("DELETE FROM invitation WHERE id = :id AND accepted_at IS NULL")
            .param("id", id)
            .update()
        == 1;
  }

  /** The open invitation of this address, expired or not. */
  Optional<Invitation> lockOpenTo(UUID organizationId, String email) {
    return jdbc.sql(
            SELECT
                + """
                WHERE organization_id = :organizationId AND email = :email AND accepted_at IS NULL
                FOR UPDATE
                """)
        .param("organizationId", organizationId)
        .param("email", email)
        .query(Invitations::read)
        .optional();
  }

  /** Takes back the open invitations of one member to these roles. */
  List<UUID> removeOpenBy(UUID organizationId, UUID accountId, List<OrganizationRole> roles) {
    return jdbc.sql(
            """
            DELETE FROM invitation
             WHERE organization_id = :organizationId AND invited_by = :accountId
               AND role = ANY (:roles) AND accepted_at IS NULL
            RETURNING id
            """)
        .param("organizationId", organizationId)
        .param("accountId", accountId)
        .param("roles", Parameters.constants(roles, role -> role))
        .query((row, _) -> Columns.uuid(row, "id"))
        .list();
  }

  /** Removes those that one person has sent since then and that nobody has accepted. */
  List<Invitation> removeOpenSince(UUID accountId, Instant since) {
    return jdbc.sql(
            """
            DELETE FROM invitation
             WHERE invited_by = :accountId AND invited_at >= :since AND accepted_at IS NULL
            RETURNING id, organization_id, email, role, invited_by, invited_at, expires_at,
                      accepted_by
            """)
        .param("accountId", accountId)
        .param("since", Parameters.instant(since))
        .query(Invitations::read)
        .list();
  }

  /**
   * Removes all invitations to the address of an account, accepted or not, and those to addresses
   * that it had before and nobody else has by now.
   */
  List<Invitation> removeTo(UUID accountId) {
    return jdbc.sql(
            """
            DELETE FROM invitation
             WHERE email = (SELECT email FROM account WHERE id = :accountId)
                OR accepted_by = :accountId
                OR (accepted_by IS NULL
                    AND email IN (SELECT f.email FROM former_identity f
                                   WHERE f.account_id = :accountId
                                     AND NOT EXISTS (SELECT FROM account a
                                                      WHERE a.email = f.email
                                                        AND a.id <> :accountId
                                                        AND a.email_verified_at IS NOT NULL)))
            RETURNING id, organization_id, email, role, invited_by, invited_at, expires_at,
                      accepted_by
            """)
        .param("accountId", accountId)
        .query(Invitations::read)
        .list();
  }

  boolean isMember(UUID organizationId, String email) {
    return jdbc.sql(
            """
            SELECT EXISTS (
                     SELECT FROM organization_member m
                       JOIN account a ON a.id = m.account_id
                      WHERE m.organization_id = :organizationId AND a.email = :email)
            """)
        .param("organizationId", organizationId)
        .param("email", email)
        .query(Boolean.class)
        .single();
  }

  /** How many belong to the organization or may join it. */
  int countPeople(UUID organizationId, Instant now) {
    return jdbc.sql(
            """
            SELECT (SELECT count(*) FROM organization_member
                     WHERE organization_id = :organizationId)
                 + (SELECT count(*) FROM invitation
                     WHERE organization_id = :organizationId AND accepted_at IS NULL
                       AND expires_at > :now)
            """)
        .param("organizationId", organizationId)
        .param("now", Parameters.instant(now))
        .query(Integer.class)
        .single();
  }

  /** The account's address, if it is proved to be theirs. */
  Optional<String> verifiedEmailOf(UUID accountId) {
    return jdbc.sql(
            "SELECT email FROM account WHERE id = :accountId AND email_verified_at IS NOT NULL")
        .param("accountId", accountId)
        .query(String.class)
        .optional();
  }

  /** Removes one batch of those whose link no longer counts; returns how many. */
  int removeExpired(Instant now, int batchRows) {
    return jdbc.sql(
            """
            DELETE FROM invitation
             WHERE id IN (
                     SELECT id FROM invitation
                      WHERE expires_at <= :now
                      LIMIT :batchRows FOR UPDATE SKIP LOCKED)
            """)
        .param("now", Parameters.instant(now))
        .param("batchRows", batchRows)
        .update();
  }

  private static Invitation read(ResultSet row, int index) throws SQLException {
    return new Invitation(
        Columns.uuid(row, "id"),
        Columns.uuid(row, "organization_id"),
        row.getString("email"),
        Columns.constant(OrganizationRole.class, row, "role"),
        Columns.uuid(row, "invited_by"),
        Columns.instant(row, "invited_at"),
        Columns.instant(row, "expires_at"),
        Columns.uuidOrNull(row, "accepted_by"));
  }
}
