package io.cpdevents.accounts.zoom;

import io.cpdevents.platform.sql.Columns;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads whether organizations are connected with Zoom. */
@Component
public class ZoomConnectionQueries {

  /** Whether an organization is connected. */
  public enum ConnectionStatus {
    NOT_CONNECTED,
    CONNECTED,
    /** Zoom does not honour the connection any more: somebody has to connect again. */
    BROKEN
  }

  /**
   * An organization's connection with Zoom, without its tokens, which nobody sees.
   *
   * @param connectedAs the e-mail address at Zoom of whoever has allowed it; null while nobody has
   * @param connectedBy the account of the member who has connected
   * @param scopes what was allowed, as Zoom calls it
   * @param brokenAt since when Zoom does not honour it
   */
  @Schema(name = "ZoomConnection")
  public record ZoomConnectionView(
      ConnectionStatus status,
      @Nullable String connectedAs,
      @Nullable UUID connectedBy,
      @Nullable Instant connectedAt,
      List<String> scopes,
      @Nullable Instant brokenAt) {}

  private static final ZoomConnectionView NONE =
      new ZoomConnectionView(ConnectionStatus.NOT_CONNECTED, null, null, null, List.of(), null);

  private final JdbcClient jdbc;

  ZoomConnectionQueries(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The connection of an organization. */
  public ZoomConnectionView of(UUID organizationId) {
    return jdbc.sql(
            """
            SELECT status, connected_as, connected_by, connected_at, scopes, status_since
              FROM zoom_connection
             WHERE organization_id = :organizationId AND status IN ('connected', 'broken')
            """)
        .param("organizationId", organizationId)
        .query((row, _) -> {
          ConnectionStatus status = Columns.constant(ConnectionStatus.class, row, "status");
          return new ZoomConnectionView(
              status,
              row.getString("connected_as"),
              Columns.uuid(row, "connected_by"),
              Columns.instant(row, "connected_at"),
              Arrays.stream(row.getString("scopes").split(" "))
                  .filter(scope -> !scope.isEmpty())
                  .toList(),
              status == ConnectionStatus.BROKEN ? Columns.instant(row, "status_since") : null);
        })
        .optional()
        .orElse(NONE);
  }
}
