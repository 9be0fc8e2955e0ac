package io.cpdevents.accounts.accounts;

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

/** What notification-service needs to send a verification mail. */
@Component
public class VerificationMailQueries {

  private static final String PATH = "/verify-email#token=";

  private final JdbcClient jdbc;
  private final Clock clock;
  private final VerificationTokens tokens;
  private final KeepLinkToken keepToken;
  private final WebUrl webUrl;

  VerificationMailQueries(
      JdbcClient jdbc,
      Clock clock,
      VerificationTokens tokens,
      KeepLinkToken keepToken,
      WebUrl webUrl) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.tokens = tokens;
    this.keepToken = keepToken;
    this.webUrl = webUrl;
  }

  /** The mail; empty when its link was used or is too old. */
  public Optional<LinkMail> find(UUID requestId) {
    OpaqueToken token =
        keepToken.handle(
            new KeepLinkToken.Command(
                KeepLinkToken.Kind.VERIFICATION_MAIL, requestId, tokens.tokenFor(requestId)));
    return jdbc.sql(
            """
            SELECT a.email, m.name, m.locale, m.time_zone, m.requested_at, m.ip_address,
                   m.device, m.expires_at
              FROM verification_mail m
              JOIN account a ON a.id = m.account_id
             WHERE m.id = :requestId AND m.expires_at > :now
            """)
        .param("requestId", requestId)
        .param("now", Parameters.instant(clock.instant()))
        .query((row, _) -> LinkMailRows.of(row, webUrl.at(PATH + token.value())))
        .optional();
  }
}
