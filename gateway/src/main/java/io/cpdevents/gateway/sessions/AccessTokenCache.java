package io.cpdevents.gateway.sessions;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.cpdevents.gateway.problem.Refusal;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Caches access tokens by session token until they expire. The cache is used only while revocations
 * are received. Concurrent requests of one session share one exchange.
 */
@Component
class AccessTokenCache {

  private static final int MAX_SESSIONS = 100_000;

  private final TokenExchange exchange;
  private final Revocations revocations;
  private final SessionEventsReader events;
  private final Counter bypasses;
  private final Cache<String, AccessToken> cache =
      Caffeine.newBuilder()
          .maximumSize(MAX_SESSIONS)
          .expireAfter(Expiry.<String, AccessToken>creating((_, token) -> token.usableFor()))
          .build();
  private final Map<String, CompletableFuture<AccessToken>> inFlight = new ConcurrentHashMap<>();

  AccessTokenCache(
      TokenExchange exchange,
      Revocations revocations,
      SessionEventsReader events,
      MeterRegistry meters) {
    this.exchange = exchange;
    this.revocations = revocations;
    this.events = events;
    this.bypasses =
        Counter.builder("cpd.gateway.token.bypasses")
            .description("Requests that bypassed the cache because revocations were not received")
            .register(meters);
  }

  /**
   * The access token of this session.
   *
   * @throws Refusal 401 {@code session-invalid}, 503 {@code service-unavailable} or 504 {@code
   *     upstream-timeout}
   */
  AccessToken of(SessionToken token, HttpServletRequest onBehalfOf) {
    String fingerprint = token.fingerprint();
    AccessToken cached = usable(fingerprint);
    if (cached != null) {
      return cached;
    }
    AccessToken exchanged = exchangeOnce(fingerprint, token, onBehalfOf);
    // The session was revoked or its roles changed during the exchange, so it is done once more.
    return isAllowed(exchanged) ? exchanged : exchange.exchange(token, onBehalfOf);
  }

  private @Nullable AccessToken usable(String fingerprint) {
    if (!events.isCurrent()) {
      bypasses.increment();
      return null;
    }
    AccessToken cached = cache.getIfPresent(fingerprint);
    return cached != null && cached.isFresh() && isAllowed(cached) ? cached : null;
  }

  private boolean isAllowed(AccessToken token) {
    return revocations.allow(token.accountId(), token.sessionId(), token.exchangeBegunNanos());
  }

  private AccessToken exchangeOnce(
      String fingerprint, SessionToken token, HttpServletRequest onBehalfOf) {
    CompletableFuture<AccessToken> own = new CompletableFuture<>();
    CompletableFuture<AccessToken> first = inFlight.putIfAbsent(fingerprint, own);
    if (first != null) {
      return join(first);
    }
    try {
      // Another exchange may have ended between the look at the cache and here.
      AccessToken exchanged = usable(fingerprint);
      if (exchanged == null) {
        exchanged = exchange.exchange(token, onBehalfOf);
        cache.put(fingerprint, exchanged);
      }
      own.complete(exchanged);
      return exchanged;
    } catch (RuntimeException e) {
      own.completeExceptionally(e);
      throw e;
    } finally {
      inFlight.remove(fingerprint, own);
    }
  }

  private static AccessToken join(CompletableFuture<AccessToken> first) {
    try {
      return first.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof Refusal refusal) {
        throw refusal;
      }
      throw e;
    }
  }
}
