package io.cpdevents.accounts.accounts;

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

/** What notification-service needs to send a verification mail. */
@Component
public class VerificationMailQueries {

  private static final String PATH = "/verify-email#token=";

  /**
   * The content of one mail.
   *
   * @param link holds the token, so it goes into the mail and nowhere else
   * @param ipAddress from where the mail was asked for
   * @param device from which device, for example {@code Firefox on Linux}
   */
  public record MailContent(
      String email,
      String name,
      @Nullable String locale,
      @Nullable String timeZone,
      String link,
      Instant requestedAt,
      String ipAddress,
      String device,
      Instant expiresAt) {

    @Override
    public String toString() {
      return "(hidden)";
    }
  }

  private final JdbcClient jdbc;
  private final Clock clock;
  private final VerificationTokens tokens;
  private final WebUrl webUrl;

  VerificationMailQueries(JdbcClient jdbc, Clock clock, VerificationTokens tokens, WebUrl webUrl) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.tokens = tokens;
    this.webUrl = webUrl;
  }

  /** The mail; empty when its link was used or is too old. */
  public Optional<MailContent> find(UUID requestId) {
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
        .query((row, _) ->
            new MailContent(
                row.getString("email"),
                row.getString("name"),
                row.getString("locale"),
                row.getString("time_zone"),
                webUrl.at(PATH + tokens.tokenFor(requestId).value()).toString(),
                Columns.instant(row, "requested_at"),
                row.getString("ip_address"),
                row.getString("device"),
                Columns.instant(row, "expires_at")))
        .optional();
  }
}
