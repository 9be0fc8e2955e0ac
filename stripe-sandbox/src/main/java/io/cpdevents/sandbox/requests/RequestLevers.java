package io.cpdevents.sandbox.requests;

import io.cpdevents.sandbox.api.RequestLimit;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Levers that show what callers have asked of the API. */
@RestController
@RequestMapping("/_sandbox")
class RequestLevers {
  private static final int MAX_ROWS = 1_000;

  private final JdbcClient jdbc;
  private final RequestLimit limit;

  RequestLevers(JdbcClient jdbc, RequestLimit limit) {
    this.jdbc = jdbc;
    this.limit = limit;
  }

  /**
   * A POST whose answer is stored for its key.
   *
   * @param path of its route, with {@code {id}} for ids
   */
  record Post(String path, String idempotencyKey) {}

  /** A request that the API refuses in whatever state its objects are. */
  record IllegalRequest(String method, String path, int status, String message) {}

  /** A part of a list. */
  record Requests<T>(List<T> data) {}

  /** How much was asked of the API since the start, or since it was forgotten. */
  @GetMapping("/requests")
  RequestLimit.Counted requests() {
    return limit.counted();
  }

  @DeleteMapping("/requests")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void forgetRequests() {
    limit.forget();
  }

  /** In the order of their keys, those after the given key. */
  @GetMapping("/posts")
  @Transactional(readOnly = true)
  Requests<Post> posts(@RequestParam(defaultValue = "") String after) {
    return new Requests<>(
        jdbc.sql(
                """
                SELECT path, idempotency_key FROM stored_answer
                WHERE idempotency_key COLLATE "C" > :after
                ORDER BY idempotency_key COLLATE "C" LIMIT :rows
                """)
            .param("after", after)
            .param("rows", MAX_ROWS)
            .query((row, _) -> new Post(row.getString("path"), row.getString("idempotency_key")))
            .list());
  }

  /** The newest first. */
  @GetMapping("/illegal-requests")
  @Transactional(readOnly = true)
  Requests<IllegalRequest> illegalRequests() {
    return new Requests<>(
        jdbc.sql(
                """
                SELECT method, path, status, error ->> 'message' AS message FROM illegal_request
                ORDER BY id DESC LIMIT :rows
                """)
            .param("rows", MAX_ROWS)
            .query((row, _) ->
                new IllegalRequest(
                    row.getString("method"),
                    row.getString("path"),
                    row.getInt("status"),
                    row.getString("message")))
            .list());
  }
}
