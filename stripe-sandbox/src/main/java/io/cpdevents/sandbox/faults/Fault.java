package io.cpdevents.sandbox.faults;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A fault of the API, on demand.
 *
 * @param path a path pattern such as {@code /v1/refunds} or {@code /v1/checkout/sessions/*}
 * @param method the HTTP method; null means any
 * @param times how many requests it affects; null for all until faults are set again
 * @param ms how long a delay is
 */
public record Fault(
    String path, @Nullable String method, @Nullable Integer times, Kind kind, @Nullable Long ms) {

  /** Requires a path and a kind. */
  public Fault {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(kind, "kind");
  }

  /** What goes wrong. */
  public enum Kind {
    /** The answer comes late. */
    @JsonProperty("delay")
    DELAY,
    /** The connection is closed and nothing was done. */
    @JsonProperty("drop-before")
    DROP_BEFORE,
    /** The request is done, but the connection is closed without an answer. */
    @JsonProperty("drop-after")
    DROP_AFTER,
    /** 409 {@code idempotency_key_in_use}. */
    @JsonProperty("409")
    CONFLICT,
    /** 429 {@code rate_limit}. */
    @JsonProperty("429")
    RATE_LIMIT,
    /** 429 {@code lock_timeout}. */
    @JsonProperty("lock-timeout")
    LOCK_TIMEOUT,
    /** 500 before anything was done: the same idempotency key may succeed. */
    @JsonProperty("500")
    FAILURE,
    /** 500 that is stored for the idempotency key. */
    @JsonProperty("saved-500")
    SAVED_500
  }
}
