package io.cpdevents.accounts.zoom;

import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.Parameters;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Clock;
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

  /** What about an event could not be told Zoom. */
  public enum ZoomProblemKind {
    MEETING,
    REGISTRANT
  }

  /** Why not. */
  public enum ZoomProblemReason {
    /** Zoom does not know the meeting. */
    MEETING_MISSING,
    /** Zoom knows the meeting, and not what was asked of it. */
    OBJECT_MISSING,
    /** Zoom was asked too often. */
    LIMITED,
    /** Zoom says no: the plan at Zoom may not allow it, or what was allowed is not enough. */
    REFUSED,
    /** Zoom has not answered. */
    UNAVAILABLE,
    /** The meeting is at Zoom, and the organization is not connected any more. */
    NOT_CONNECTED
  }

  /**
   * Something that Zoom could not be told of an event ahead; it is tried again by itself.
   *
   * @param count of how many registrants; 1 of a meeting
   * @param since when it began
   */
  @Schema(name = "ZoomProblem")
  public record ZoomProblemView(
      UUID eventId,
      ZoomProblemKind kind,
      ZoomProblemReason reason,
      int count,
      @Nullable Instant since) {}

  /**
   * An organization's connection with Zoom, without its tokens, which nobody sees.
   *
   * @param connectedAs the e-mail address at Zoom of whoever has allowed it; null while nobody has
   * @param connectedBy the account of the member who has connected
   * @param scopes what was allowed, as Zoom calls it
   * @param brokenAt since when Zoom does not honour it
   * @param problems what could not be told Zoom, the events that are next first
   */
  @Schema(name = "ZoomConnection")
  public record ZoomConnectionView(
      ConnectionStatus status,
      @Nullable String connectedAs,
      @Nullable UUID connectedBy,
      @Nullable Instant connectedAt,
      List<String> scopes,
      @Nullable Instant brokenAt,
      List<ZoomProblemView> problems) {}

  /** Whoever has more has one cause for all of them. */
  private static final int MAX_PROBLEMS = 100;

  private final JdbcClient jdbc;
  private final Clock clock;

  ZoomConnectionQueries(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** The connection of an organization. */
  public ZoomConnectionView of(UUID organizationId) {
    List<ZoomProblemView> problems = problems(organizationId);
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
              status == ConnectionStatus.BROKEN ? Columns.instant(row, "status_since") : null,
              problems);
        })
        .optional()
        .orElseGet(() ->
            new ZoomConnectionView(
                ConnectionStatus.NOT_CONNECTED, null, null, null, List.of(), null, problems));
  }

  private List<ZoomProblemView> problems(UUID organizationId) {
    return jdbc.sql(
            """
            SELECT event_id, kind, reason, count, since
              FROM (SELECT event_id, ends_at, 'meeting' AS kind, failure AS reason, 1 AS count,
                           failing_since AS since
                      FROM zoom_meeting
                     WHERE organization_id = :organizationId AND failing_since IS NOT NULL
                       AND failure IS NOT NULL
                    UNION ALL
                    SELECT m.event_id, m.ends_at, 'registrant', r.failure, count(*),
                           min(r.failing_since)
                      FROM zoom_meeting m JOIN zoom_registrant r ON r.event_id = m.event_id
                     WHERE m.organization_id = :organizationId AND r.failing_since IS NOT NULL
                       AND r.failure IS NOT NULL
                     GROUP BY m.event_id, m.ends_at, r.failure
                    UNION ALL
                    SELECT event_id, ends_at, 'meeting', 'not-connected', 1, NULL
                      FROM zoom_meeting
                     WHERE organization_id = :organizationId AND status IN ('present', 'unwanted')
                       AND zoom_meeting_id IS NOT NULL
                       AND NOT EXISTS (SELECT FROM zoom_connection
                                        WHERE organization_id = :organizationId
                                          AND status = 'connected')) problem
             WHERE ends_at > :now
             ORDER BY ends_at, event_id, kind, reason
             LIMIT :maxRows
            """)
        .param("organizationId", organizationId)
        .param("now", Parameters.instant(clock.instant()))
        .param("maxRows", MAX_PROBLEMS)
        .query((row, _) ->
            new ZoomProblemView(
                Columns.uuid(row, "event_id"),
                Columns.constant(ZoomProblemKind.class, row, "kind"),
                Columns.constant(ZoomProblemReason.class, row, "reason"),
                row.getInt("count"),
                Columns.instantOrNull(row, "since")))
        .list();
  }
}
