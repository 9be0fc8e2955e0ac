package io.cpdevents.accounts.credentials;

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

/** What notification-service needs to send the mail about a forgotten password. */
@Component
public class PasswordResetQueries {

  private static final String PATH = "/reset-password#token=";

  /**
   * The content of one mail.
   *
   * @param link holds the token, so it goes into the mail and nowhere else
   * @param ipAddress from where the mail was asked for
   * @param device from which device, for example {@code Firefox on Linux}
   */
  public record ResetMailContent(
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
  private final LinkTokens tokens;
  private final WebUrl webUrl;

  PasswordResetQueries(JdbcClient jdbc, Clock clock, LinkTokens tokens, WebUrl webUrl) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.tokens = tokens;
    this.webUrl = webUrl;
  }

  /** The mail; empty when its link was used, replaced by a newer one, or is too old. */
  public Optional<ResetMailContent> find(UUID requestId) {
    return jdbc.sql(
            """
            SELECT a.email, a.name, a.locale, a.time_zone, r.requested_at, r.ip_address,
                   r.device, r.expires_at
              FROM password_reset r
              JOIN account a ON a.id = r.account_id
             WHERE r.id = :requestId AND r.expires_at > :now
            """)
        .param("requestId", requestId)
        .param("now", Parameters.instant(clock.instant()))
        .query((row, _) ->
            new ResetMailContent(
                row.getString("email"),
                row.getString("name"),
                row.getString("locale"),
                row.getString("time_zone"),
                webUrl.at(PATH + tokens.passwordReset(requestId).value()).toString(),
                Columns.instant(row, "requested_at"),
                row.getString("ip_address"),
                row.getString("device"),
                Columns.instant(row, "expires_at")))
        .optional();
  }
}
