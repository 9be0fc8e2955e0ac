package io.cpdevents.accounts.apikeys;

import io.cpdevents.accounts.AccountsProblem;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.security.OrganizationRole;
import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.KeysetPage;
import io.cpdevents.platform.sql.Parameters;
import io.cpdevents.platform.web.Cursor;
import io.cpdevents.platform.web.Page;
import io.cpdevents.platform.web.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads the API keys that count. */
@Component
public class ApiKeyQueries {

  /**
   * An API key that counts.
   *
   * @param hint how it begins
   * @param madeBy the account of whoever has made it
   * @param expiresAt null for never
   * @param lastUsedAt to the minute; null while nobody has used it
   * @param lastUsedFrom the address from which it was used then
   */
  public record ApiKeyView(
      UUID id,
      String name,
      OrganizationRole role,
      String hint,
      UUID madeBy,
      Instant madeAt,
      @Nullable Instant expiresAt,
      @Nullable Instant lastUsedAt,
      @Nullable String lastUsedFrom) {}

  private static final String LIVE =
      """
      SELECT id, name, role, hint, made_by, made_at, expires_at, last_used_at, last_used_from
        FROM api_key
       WHERE organization_id = :organizationId AND ended_at IS NULL
         AND (expires_at IS NULL OR expires_at > :now)
      """;

  private final JdbcClient jdbc;
  private final Clock clock;

  ApiKeyQueries(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** Those of an organization, newest first. */
  public Page<ApiKeyView> of(UUID organizationId, PageRequest request) {
    KeysetPage page = KeysetPage.descending("made_at", "id", request);
    List<ApiKeyView> keys =
        live(organizationId, page.condition() + page.orderAndLimit())
            .params(page.parameters())
            .query(ApiKeyQueries::view)
            .list();
    return Page.of(keys, request, view -> new Cursor(view.madeAt(), view.id()));
  }

  /**
   * One of them.
   *
   * @throws RuleViolation 404 {@code api-key-not-found}
   */
  public ApiKeyView one(UUID organizationId, UUID id) {
    return live(organizationId, " AND id = :id")
        .param("id", id)
        .query(ApiKeyQueries::view)
        .optional()
        .orElseThrow(() -> AccountsProblem.API_KEY_NOT_FOUND.violation());
  }

  private JdbcClient.StatementSpec live(UUID organizationId, String which) {
    return jdbc.sql(LIVE + which)
        .param("organizationId", organizationId)
        .param("now", Parameters.instant(clock.instant()));
  }

  private static ApiKeyView view(ResultSet row, int index) throws SQLException {
    return new ApiKeyView(
        Columns.uuid(row, "id"),
        row.getString("name"),
        Columns.constant(OrganizationRole.class, row, "role"),
        row.getString("hint"),
        Columns.uuid(row, "made_by"),
        Columns.instant(row, "made_at"),
        Columns.instantOrNull(row, "expires_at"),
        Columns.instantOrNull(row, "last_used_at"),
        row.getString("last_used_from"));
  }
}
