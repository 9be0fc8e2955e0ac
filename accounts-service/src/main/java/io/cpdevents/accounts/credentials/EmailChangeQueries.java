package io.cpdevents.accounts.credentials;

import io.cpdevents.accounts.secrets.KeepLinkToken;
import io.cpdevents.accounts.secrets.LinkMail;
import io.cpdevents.accounts.secrets.LinkMailRows;
import io.cpdevents.accounts.secrets.OpaqueToken;
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

/** What notification-service needs to send the mails about another e-mail address. */
@Component
public class EmailChangeQueries {

  private static final String CONFIRM_PATH = "/confirm-email#token=";
  private static final String REVERT_PATH = "/confirm-email#revert=";

  /**
   * The content of one mail to an old address.
   *
   * @param email where the mail goes
   * @param link holds the token, so it goes into the mail and nowhere else
   */
  public record OldEmailContent(
      String email,
      String name,
      @Nullable String locale,
      @Nullable String timeZone,
      String link,
      Instant expiresAt) {

    @Override
    public String toString() {
      return "(hidden)";
    }
  }

  private final JdbcClient jdbc;
  private final Clock clock;
  private final LinkTokens tokens;
  private final KeepLinkToken keepToken;
  private final WebUrl webUrl;

  EmailChangeQueries(
      JdbcClient jdbc, Clock clock, LinkTokens tokens, KeepLinkToken keepToken, WebUrl webUrl) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.tokens = tokens;
    this.keepToken = keepToken;
    this.webUrl = webUrl;
  }

  /** The mail to the new address; empty when its link counts no more. */
  public Optional<LinkMail> change(UUID changeId) {
    OpaqueToken token =
        keepToken.handle(
            new KeepLinkToken.Command(
                KeepLinkToken.Kind.EMAIL_CHANGE, changeId, tokens.emailChange(changeId)));
    return jdbc.sql(
            """
            SELECT c.new_email AS email, a.name, a.locale, a.time_zone, c.requested_at,
                   c.ip_address, c.device, c.expires_at
              FROM email_change c
              JOIN account a ON a.id = c.account_id
             WHERE c.id = :changeId AND c.expires_at > :now
            """)
        .param("changeId", changeId)
        .param("now", Parameters.instant(clock.instant()))
        .query((row, _) -> LinkMailRows.of(row, webUrl.at(CONFIRM_PATH + token.value())))
        .optional();
  }

  /** The mail to the old address; empty when its link counts no more. */
  public Optional<OldEmailContent> revert(UUID changeId) {
    OpaqueToken token =
        keepToken.handle(
            new KeepLinkToken.Command(
                KeepLinkToken.Kind.EMAIL_REVERT, changeId, tokens.emailRevert(changeId)));
    return jdbc.sql(
            """
            SELECT r.old_email AS email, a.name, a.locale, a.time_zone, r.expires_at
              FROM email_revert r
              JOIN account a ON a.id = r.account_id
             WHERE r.id = :changeId AND r.expires_at > :now
            """)
        .param("changeId", changeId)
        .param("now", Parameters.instant(clock.instant()))
        .query((row, _) ->
            new OldEmailContent(
                row.getString("email"),
                row.getString("name"),
                row.getString("locale"),
                row.getString("time_zone"),
                webUrl.at(REVERT_PATH + token.value()).toString(),
                Columns.instant(row, "expires_at")))
        .optional();
  }
}
