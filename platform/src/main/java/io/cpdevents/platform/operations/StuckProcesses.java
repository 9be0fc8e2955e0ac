package io.cpdevents.platform.operations;

import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.Parameters;
import io.cpdevents.platform.web.Cursor;
import io.cpdevents.platform.web.Page;
import io.cpdevents.platform.web.PageRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Finds processes that stay in a temporary state for too long. */
final class StuckProcesses {

  /** No more are counted, so that the query stays cheap. */
  static final int MAX_COUNTED_PROCESSES = 10_000;

  private static final int MAX_OLDEST_PROCESSES = 10;

  /**
   * The processes in a state.
   *
   * @param count how many are stuck, counted up to {@value #MAX_COUNTED_PROCESSES}
   * @param oldest since when the oldest process is in the state, stuck or not; null when there is
   *     none
   */
  record Count(long count, @Nullable Instant oldest, Instant now) {

    /** The age of the oldest in the state; 0 when there is none, or none is due. */
    Duration oldestAge() {
      return oldest == null || oldest.isAfter(now) ? Duration.ZERO : Duration.between(oldest, now);
    }
  }

  /**
   * A stuck process.
   *
   * @param tieBreaker orders processes of the same time in the list
   */
  record Stuck(String id, Instant since, Duration age, UUID tieBreaker) {
    Cursor cursor() {
      return new Cursor(since, tieBreaker);
    }
  }

  private final List<StuckThreshold> states;
  private final JdbcClient jdbc;
  private final Clock business;
  private final Clock system;

  StuckProcesses(List<StuckThreshold> states, JdbcClient jdbc, Clock business, Clock system) {
    Set<String> names = new HashSet<>();
    for (StuckThreshold state : states) {
      if (!names.add(state.process() + "/" + state.state())) {
        throw new IllegalArgumentException("declared twice: " + state);
      }
    }
    this.states = List.copyOf(states);
    this.jdbc = jdbc;
    this.business = business;
    this.system = system;
  }

  List<StuckThreshold> states() {
    return states;
  }

  /**
   * The state of that name.
   *
   * @throws RuleViolation 404 {@code process-not-found}
   */
  StuckThreshold find(String process, String state) {
    return states.stream()
        .filter(candidate -> candidate.process().equals(process))
        .filter(candidate -> candidate.state().equals(state))
        .findFirst()
        .orElseThrow(() -> CommonProblem.PROCESS_NOT_FOUND.violation());
  }

  /** Counts the processes that are stuck in a state. */
  Count count(StuckThreshold state) {
    Instant now = now(state);
    return jdbc.sql(
            """
            SELECT (SELECT count(*) FROM (
                        SELECT FROM %1$s WHERE (%2$s) AND %3$s < :latest LIMIT :maxCounted) AS stuck) AS stuck,
                   (SELECT min(%3$s) FROM %1$s WHERE %2$s) AS oldest
            """
                .formatted(
                    state.rows().table(), state.rows().condition(), state.rows().sinceColumn()))
        .param("latest", Parameters.instant(now.minus(state.limit())))
        .param("maxCounted", MAX_COUNTED_PROCESSES)
        .query((row, _) -> {
          return new Count(row.getLong("stuck"), Columns.instantOrNull(row, "oldest"), now);
        })
        .single();
  }

  /** The ids of the processes that are stuck for longest. */
  List<String> oldest(StuckThreshold state) {
    return list(state, new PageRequest(MAX_OLDEST_PROCESSES, Optional.empty())).data().stream()
        .map(Stuck::id)
        .toList();
  }

  /** The stuck processes, the oldest first. */
  Page<Stuck> list(StuckThreshold state, PageRequest page) {
    Instant now = now(state);
    Cursor after = page.after().orElse(new Cursor(Instant.EPOCH, new UUID(0, 0)));
    List<Stuck> rows =
        jdbc.sql(
                """
                SELECT id, since, tie_breaker
                FROM (SELECT CAST(%4$s AS text) AS id, %3$s AS since,
                             CAST(md5(CAST(%4$s AS text)) AS uuid) AS tie_breaker
                      FROM %1$s WHERE (%2$s) AND %3$s < :latest) AS stuck
                WHERE (since, tie_breaker) > (:at, :tieBreaker)
                ORDER BY since, tie_breaker
                LIMIT :rows
                """
                    .formatted(
                        state.rows().table(),
                        state.rows().condition(),
                        state.rows().sinceColumn(),
                        state.rows().keyColumn()))
            .param("latest", Parameters.instant(now.minus(state.limit())))
            .param("at", Parameters.instant(after.at()))
            .param("tieBreaker", after.id())
            .param("rows", page.rowsToFetch())
            .query((row, _) -> {
              Instant since = Columns.instant(row, "since");
              return new Stuck(
                  row.getString("id"),
                  since,
                  Duration.between(since, now),
                  Columns.uuid(row, "tie_breaker"));
            })
            .list();
    return Page.of(rows, page, Stuck::cursor);
  }

  private Instant now(StuckThreshold state) {
    return switch (state.rows().time()) {
      case BUSINESS -> business.instant();
      case SYSTEM -> system.instant();
    };
  }
}
