package io.cpdevents.accounts.logins;

import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.KeysetPage;
import io.cpdevents.platform.web.Cursor;
import io.cpdevents.platform.web.Page;
import io.cpdevents.platform.web.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads the attempts to get into an account. */
@Component
public class LoginQueries {

  /**
   * One attempt.
   *
   * @param reason why it failed; null when it succeeded
   * @param place the IP address
   * @param sessionId the session that the attempt opened or proved anew; null when it did neither
   */
  public record LoginView(
      UUID id,
      LoginPurpose purpose,
      LoginMethod method,
      LoginOutcome outcome,
      @Nullable LoginOutcome reason,
      String device,
      String place,
      Instant attemptedAt,
      @Nullable UUID sessionId) {}

  private final JdbcClient jdbc;

  LoginQueries(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The attempts on an account, newest first. */
  public Page<LoginView> of(UUID accountId, PageRequest request) {
    KeysetPage page = KeysetPage.descending("attempted_at", "id", request);
    List<LoginView> logins =
        jdbc.sql(
                """
                SELECT id, purpose, method, outcome, device, ip_address, attempted_at, session_id
                  FROM login
                 WHERE account_id = :accountId
                """
                    + page.condition()
                    + page.orderAndLimit())
            .param("accountId", accountId)
            .params(page.parameters())
            .query(LoginQueries::login)
            .list();
    return Page.of(logins, request, view -> new Cursor(view.attemptedAt(), view.id()));
  }

  /**
   * What notification-service needs to tell the owner of a log-in from a new device.
   *
   * @param ipAddress from where
   * @param device with which device, for example {@code Firefox on Linux}
   */
  public record DeviceMailContent(String ipAddress, String device) {}

  /** The device of one attempt; empty when it is recorded no more. */
  public Optional<DeviceMailContent> deviceOf(UUID loginId) {
    return jdbc.sql("SELECT ip_address, device FROM login WHERE id = :loginId")
        .param("loginId", loginId)
        .query(
            (row, _) -> new DeviceMailContent(row.getString("ip_address"), row.getString("device")))
        .optional();
  }

  private static LoginView login(ResultSet row, int index) throws SQLException {
    LoginOutcome outcome = Columns.constant(LoginOutcome.class, row, "outcome");
    return new LoginView(
        Columns.uuid(row, "id"),
        Columns.constant(LoginPurpose.class, row, "purpose"),
        Columns.constant(LoginMethod.class, row, "method"),
        outcome,
        outcome == LoginOutcome.SUCCEEDED ? null : outcome,
        row.getString("device"),
        row.getString("ip_address"),
        Columns.instant(row, "attempted_at"),
        Columns.uuidOrNull(row, "session_id"));
  }
}
