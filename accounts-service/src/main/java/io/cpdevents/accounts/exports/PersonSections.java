package io.cpdevents.accounts.exports;

import io.cpdevents.platform.personaldata.TellsAboutPeople;
import java.util.List;
import org.springframework.stereotype.Component;

/** What this service has about a person. */
@Component
class PersonSections implements TellsAboutPeople {

  @Override
  public List<Section> sections() {
    return List.of(
        new Section(
            "account",
            """
            SELECT id, email, name, locale, time_zone AS "timeZone", email_verified_at AS "emailVerifiedAt",
                   created_at AS "createdAt", changed_at AS "changedAt"
            FROM account WHERE id = :accountId
            """),
        new Section(
            "signUps",
            """
            SELECT name, locale, time_zone AS "timeZone", ip_address AS "ipAddress", device,
                   requested_at AS "requestedAt"
            FROM verification_mail WHERE account_id = :accountId ORDER BY requested_at
            """),
        new Section(
            "passwordResets",
            """
            SELECT ip_address AS "ipAddress", device, requested_at AS "requestedAt"
            FROM password_reset WHERE owner_id = :accountId
            """),
        new Section(
            "emailChanges",
            """
            SELECT new_email AS "newEmail", ip_address AS "ipAddress", device,
                   requested_at AS "requestedAt"
            FROM email_change WHERE account_id = :accountId
            """),
        new Section(
            "formerEmails",
            """
            SELECT old_email AS "oldEmail", changed_at AS "changedAt"
            FROM email_revert WHERE account_id = :accountId
            """),
        new Section(
            "formerNamesAndEmails",
            """
            SELECT name, email, until FROM former_identity
            WHERE account_id = :accountId ORDER BY until
            """),
        new Section(
            "sessions",
            """
            SELECT device, ip_address AS "ipAddress", created_at AS "createdAt",
                   last_seen_at AS "lastSeenAt", ended_at AS "endedAt", end_cause AS "endCause"
            FROM session WHERE account_id = :accountId ORDER BY created_at
            """),
        new Section(
            "logins",
            """
            SELECT purpose, method, outcome, device, ip_address AS "ipAddress", network, attempted_at AS "attemptedAt"
            FROM login WHERE account_id = :accountId ORDER BY attempted_at
            """),
        new Section(
            "passkeys",
            """
            SELECT name, made_at AS "madeAt", last_used_at AS "lastUsedAt"
            FROM passkey WHERE account_id = :accountId ORDER BY made_at
            """),
        new Section(
            "factorRemovals",
            """
            SELECT reason, requested_at AS "requestedAt", due_at AS "dueAt",
                   called_off_at AS "calledOffAt", removed_at AS "removedAt"
            FROM factor_removal WHERE account_id = :accountId ORDER BY requested_at
            """),
        new Section(
            "memberships",
            """
            SELECT organization_id AS "organizationId", o.name AS organization, role,
                   joined_at AS "joinedAt"
            FROM organization_member m JOIN organization o ON o.id = m.organization_id
            WHERE account_id = :accountId ORDER BY joined_at
            """),
        new Section(
            "invitations",
            """
            SELECT i.email, i.organization_id AS "organizationId", o.name AS organization, i.role,
                   i.invited_at AS "invitedAt", i.expires_at AS "expiresAt",
                   i.accepted_at AS "acceptedAt"
            FROM invitation i JOIN organization o ON o.id = i.organization_id
            WHERE i.email = :email OR i.accepted_by = :accountId ORDER BY i.invited_at
            """),
        new Section(
            "apiKeysMade",
            """
            SELECT organization_id AS "organizationId", name, role, made_at AS "madeAt",
                   expires_at AS "expiresAt", last_used_at AS "lastUsedAt",
                   last_used_from AS "lastUsedFrom", ended_at AS "endedAt"
            FROM api_key WHERE made_by = :accountId ORDER BY made_at
            """),
        new Section(
            "zoomConnections",
            """
            SELECT organization_id AS "organizationId", connected_as AS "connectedAs",
                   connected_at AS "connectedAt", status
            FROM zoom_connection WHERE connected_by = :accountId ORDER BY connected_at
            """),
        new Section(
            "meetingsAtZoom",
            """
            SELECT a.event_id AS "eventId", m.title AS event, a.ticket_id AS "ticketId", a.minutes,
                   a.joined_at AS "joinedAt", a.left_at AS "leftAt", a.read_at AS "readAt"
            FROM zoom_attendance a JOIN zoom_meeting m ON m.event_id = a.event_id
            WHERE EXISTS (SELECT FROM json_to_recordset(CAST(:addresses AS json))
                                      known (email text, since timestamptz, until timestamptz)
                           WHERE sha256(convert_to(known.email, 'UTF8')) = a.address_sha256
                             AND m.ends_at <@ tstzrange(known.since, known.until, '(]'))
            ORDER BY a.read_at
            """),
        new Section(
            "platformRoles",
            """
            SELECT role, granted_at AS "grantedAt" FROM platform_role WHERE account_id = :accountId
            """),
        new Section(
            "actions",
            """
            SELECT occurred_at AS "occurredAt", service, action, subject_type AS "subjectType",
                   subject_id AS "subjectId", ip_address AS "ipAddress"
            FROM audit_entry WHERE actor_account_id = :accountId ORDER BY occurred_at
            """),
        new Section(
            "actionsOfOthers",
            """
            SELECT occurred_at AS "occurredAt", service, action, organization_id AS "organizationId",
                   before, after
            FROM audit_entry
            WHERE subject_type = 'account' AND subject_id = CAST(:accountId AS text)
              AND actor_account_id IS DISTINCT FROM :accountId
            ORDER BY occurred_at
            """),
        new Section(
            "actionsOfApiKeys",
            """
            SELECT occurred_at AS "occurredAt", service, action, subject_type AS "subjectType",
                   subject_id AS "subjectId", ip_address AS "ipAddress"
            FROM audit_entry WHERE on_behalf_of = :accountId ORDER BY occurred_at
            """),
        new Section(
            "authenticatorApps",
            """
            SELECT made_at AS "madeAt", confirmed_at AS "confirmedAt"
            FROM totp WHERE account_id = :accountId
            """),
        new Section(
            "exports",
            """
            SELECT id, status, requested_at AS "requestedAt"
            FROM data_export WHERE account_id = :accountId ORDER BY requested_at
            """),
        new Section(
            "erasures",
            """
            SELECT id, status, requested_at AS "requestedAt", due_at AS "dueAt"
            FROM erasure WHERE account_id = :accountId ORDER BY requested_at
            """));
  }
}
