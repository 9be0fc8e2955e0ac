package io.cpdevents.accounts.credentials;

import io.cpdevents.accounts.secrets.KeepLinkToken;
import io.cpdevents.accounts.secrets.LinkMail;
import io.cpdevents.accounts.secrets.LinkMailRows;
import io.cpdevents.accounts.secrets.OpaqueToken;
import io.cpdevents.platform.http.WebUrl;
import io.cpdevents.platform.sql.Parameters;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What notification-service needs to send the mail about a forgotten password. */
@Component
public class PasswordResetQueries {

  private static final String PATH = "/reset-password#token=";

  private final JdbcClient jdbc;
  private final Clock clock;
  private final LinkTokens tokens;
  private final KeepLinkToken keepToken;
  private final WebUrl webUrl;

  PasswordResetQueries(
      JdbcClient jdbc, Clock clock, LinkTokens tokens, KeepLinkToken keepToken, WebUrl webUrl) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.tokens = tokens;
    this.keepToken = keepToken;
    this.webUrl = webUrl;
  }

  /** The mail; empty when its link or another one was used, or it is too old. */
  public Optional<LinkMail> find(UUID requestId) {
    OpaqueToken token =
        keepToken.handle(
            new KeepLinkToken.Command(
                KeepLinkToken.Kind.PASSWORD_RESET, requestId, tokens.passwordReset(requestId)));
    return jdbc.sql(
            """
            SELECT a.email, a.name, a.locale, a.time_zone, r.requested_at, r.ip_address,
                   r.device, r.expires_at
              FROM password_reset r
              JOIN account a ON a.id = r.owner_id
             WHERE r.id = :requestId AND r.expires_at > :now
            """)
        .param("requestId", requestId)
        .param("now", Parameters.instant(clock.instant()))
        .query((row, _) -> LinkMailRows.of(row, webUrl.at(PATH + token.value())))
        .optional();
  }
}
