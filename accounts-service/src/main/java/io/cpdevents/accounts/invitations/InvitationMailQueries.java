package io.cpdevents.accounts.invitations;

import io.cpdevents.accounts.secrets.KeepLinkToken;
import io.cpdevents.accounts.secrets.OpaqueToken;
import io.cpdevents.contracts.accounts.MemberRole;
import io.cpdevents.platform.http.WebUrl;
import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.Parameters;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What notification-service needs to send an invitation. */
@Component
public class InvitationMailQueries {

  private static final String PATH = "/invitations#token=";

  /**
   * The content of one mail.
   *
   * @param locale that of the invited person, who may have an account, or else that of the inviter
   * @param link holds the token, so it goes into the mail and nowhere else
   * @param inviter the name of whoever invites
   */
  public record MailContent(
      String email,
      @Nullable String locale,
      @Nullable String timeZone,
      String link,
      String organization,
      MemberRole role,
      String inviter,
      Instant expiresAt) {

    @Override
    public String toString() {
      return "(hidden)";
    }
  }

  private final JdbcClient jdbc;
  private final Clock clock;
  private final InvitationTokens tokens;
  private final KeepLinkToken keepToken;
  private final WebUrl webUrl;

  InvitationMailQueries(
      JdbcClient jdbc,
      Clock clock,
      InvitationTokens tokens,
      KeepLinkToken keepToken,
      WebUrl webUrl) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.tokens = tokens;
    this.keepToken = keepToken;
    this.webUrl = webUrl;
  }

  /** The mail; empty when the invitation is not open any more. */
  public Optional<MailContent> find(UUID invitationId) {
    OpaqueToken token =
        keepToken.handle(
            new KeepLinkToken.Command(
                KeepLinkToken.Kind.INVITATION, invitationId, tokens.tokenFor(invitationId)));
    return jdbc.sql(
            """
            SELECT i.email, i.role, i.expires_at, o.name AS organization, inviter.name AS inviter,
                   CASE WHEN invited.id IS NULL THEN inviter.locale ELSE invited.locale END
                     AS locale,
                   CASE WHEN invited.id IS NULL THEN inviter.time_zone ELSE invited.time_zone END
                     AS time_zone
              FROM invitation i
              JOIN organization o ON o.id = i.organization_id
              JOIN account inviter ON inviter.id = i.invited_by
              LEFT JOIN account invited
                ON invited.email = i.email AND invited.email_verified_at IS NOT NULL
             WHERE i.id = :invitationId AND i.accepted_at IS NULL AND i.expires_at > :now
            """)
        .param("invitationId", invitationId)
        .param("now", Parameters.instant(clock.instant()))
        .query((row, _) ->
            new MailContent(
                row.getString("email"),
                row.getString("locale"),
                row.getString("time_zone"),
                webUrl.at(PATH + token.value()).toString(),
                row.getString("organization"),
                Columns.constant(MemberRole.class, row, "role"),
                row.getString("inviter"),
                Columns.instant(row, "expires_at")))
        .optional();
  }
}
