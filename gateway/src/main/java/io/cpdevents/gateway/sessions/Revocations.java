package io.cpdevents.gateway.sessions;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * Remembers which sessions were revoked and whose roles changed. Every use of a cached token asks
 * it, so no token has to be evicted, and a revocation cannot be lost to an exchange that is in
 * progress.
 */
@Component
public class Revocations {

  /** Longer than the lifetime of a token (60 s). */
  static final Duration RETENTION = Duration.ofMinutes(2);

  private static final int MAX_ENTRIES = 1_000_000;

  private final Map<UUID, Long> sessionsRevokedAt = new ConcurrentHashMap<>();
  private final Map<UUID, Long> rolesChangedAt = new ConcurrentHashMap<>();
  private volatile long allInvalidBeforeNanos = Long.MIN_VALUE;
  private volatile long sweptAtNanos = System.nanoTime();

  /**
   * Notes that a session has ended. Its time is that of the arrival here: no clocks are compared.
   */
  void revoke(UUID sessionId) {
    long now = System.nanoTime();
    sessionsRevokedAt.put(sessionId, now);
    sweep(now);
  }

  /** Invalidates the tokens that were exchanged for this account until now. */
  void invalidateTokensOf(UUID accountId) {
    long now = System.nanoTime();
    rolesChangedAt.put(accountId, now);
    sweep(now);
  }

  /** Whether a token whose exchange began at this time may still be used. */
  boolean allow(UUID accountId, UUID sessionId, long exchangeBegunNanos) {
    if (sessionsRevokedAt.containsKey(sessionId)) {
      return false;
    }
    if (allInvalidBeforeNanos != Long.MIN_VALUE && exchangeBegunNanos - allInvalidBeforeNanos < 0) {
      return false;
    }
    Long changedAt = rolesChangedAt.get(accountId);
    return changedAt == null || exchangeBegunNanos - changedAt > 0;
  }

  private void sweep(long now) {
    if (sessionsRevokedAt.size() + rolesChangedAt.size() > MAX_ENTRIES) {
      // Exchanging every token again is better than forgetting one revocation.
      allInvalidBeforeNanos = now;
      sessionsRevokedAt.clear();
      rolesChangedAt.clear();
    } else if (now - sweptAtNanos > RETENTION.toNanos()) {
      sweptAtNanos = now;
      sessionsRevokedAt.values().removeIf(at -> now - at > RETENTION.toNanos());
      rolesChangedAt.values().removeIf(at -> now - at > RETENTION.toNanos());
    }
  }
}
