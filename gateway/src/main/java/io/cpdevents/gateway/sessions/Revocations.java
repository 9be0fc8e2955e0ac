package io.cpdevents.gateway.sessions;

import io.cpdevents.contracts.accounts.SessionEvent;
import io.cpdevents.contracts.accounts.SessionEvent.RolesChanged;
import io.cpdevents.contracts.accounts.SessionEvent.SessionRevoked;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * What makes a cached token worthless. It is asked at every use of one, so there is nothing to
 * evict and no race between an exchange that is under way and a revocation: whichever comes first,
 * the use sees both.
 */
@Component
public class Revocations {

  /** Longer than any token lives (60 s). */
  static final Duration KEPT = Duration.ofMinutes(2);

  private static final int MOST_KEPT = 1_000_000;

  private final Map<UUID, Long> sessionsRevokedAt = new ConcurrentHashMap<>();
  private final Map<UUID, Long> rolesChangedAt = new ConcurrentHashMap<>();
  private volatile long nothingBeforeIsTrustedNanos = Long.MIN_VALUE;
  private volatile long sweptAtNanos = System.nanoTime();

  /** Remembers one. Times are this machine's own: no clock is compared with another's. */
  void accept(SessionEvent event) {
    long now = System.nanoTime();
    switch (event) {
      case SessionRevoked revoked -> sessionsRevokedAt.put(revoked.sessionId(), now);
      case RolesChanged changed -> rolesChangedAt.put(changed.accountId(), now);
    }
    sweep(now);
  }

  /** What this account was exchanged for until now may no longer be what it may do. */
  void distrustUntilNow(UUID accountId) {
    rolesChangedAt.put(accountId, System.nanoTime());
  }

  /** Whether a token from an exchange that began then may still be used. */
  boolean allow(UUID accountId, UUID sessionId, long exchangeBegunNanos) {
    if (sessionsRevokedAt.containsKey(sessionId)) {
      return false;
    }
    if (nothingBeforeIsTrustedNanos != Long.MIN_VALUE
        && exchangeBegunNanos - nothingBeforeIsTrustedNanos < 0) {
      return false;
    }
    Long changedAt = rolesChangedAt.get(accountId);
    return changedAt == null || exchangeBegunNanos - changedAt > 0;
  }

  private void sweep(long now) {
    if (sessionsRevokedAt.size() + rolesChangedAt.size() > MOST_KEPT) {
      // Rather ask for every token anew than forget one revocation.
      nothingBeforeIsTrustedNanos = now;
      sessionsRevokedAt.clear();
      rolesChangedAt.clear();
    } else if (now - sweptAtNanos > KEPT.toNanos()) {
      sweptAtNanos = now;
      sessionsRevokedAt.values().removeIf(at -> now - at > KEPT.toNanos());
      rolesChangedAt.values().removeIf(at -> now - at > KEPT.toNanos());
    }
  }
}
