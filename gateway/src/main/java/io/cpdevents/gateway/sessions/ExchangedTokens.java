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
 * Access tokens by session token, until they expire. Used only while revocations are heard; many
 * requests of one session at a time make one exchange.
 */
@Component
class ExchangedTokens {

  private static final int MOST_SESSIONS = 100_000;

  private final TokenExchange exchange;
  private final Revocations revocations;
  private final SessionEventsReader events;
  private final Counter bypasses;
  private final Cache<String, AccessToken> cache =
      Caffeine.newBuilder()
          .maximumSize(MOST_SESSIONS)
          .expireAfter(Expiry.<String, AccessToken>creating((_, token) -> token.usableFor()))
          .build();
  private final Map<String, CompletableFuture<AccessToken>> underWay = new ConcurrentHashMap<>();

  ExchangedTokens(
      TokenExchange exchange,
      Revocations revocations,
      SessionEventsReader events,
      MeterRegistry meters) {
    this.exchange = exchange;
    this.revocations = revocations;
    this.events = events;
    this.bypasses =
        Counter.builder("cpd.gateway.token.bypasses")
            .description("Looks at the cache that were not taken: revocations were not heard")
            .register(meters);
  }

  /**
   * The access token of this session.
   *
   * @throws Refusal 401 {@code session-invalid}, or what stands in the way
   */
  AccessToken of(SessionToken token, HttpServletRequest onBehalfOf) {
    String fingerprint = token.fingerprint();
    AccessToken cached = usable(fingerprint);
    if (cached != null) {
      return cached;
    }
    AccessToken exchanged = exchangeOnce(fingerprint, token, onBehalfOf);
    // Revoked, or its roles changed, while we asked: what is true now is asked for once more.
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
    CompletableFuture<AccessToken> mine = new CompletableFuture<>();
    CompletableFuture<AccessToken> first = underWay.putIfAbsent(fingerprint, mine);
    if (first != null) {
      return join(first);
    }
    try {
      // Another may have ended its exchange between our look at the cache and now.
      AccessToken exchanged = usable(fingerprint);
      if (exchanged == null) {
        exchanged = exchange.exchange(token, onBehalfOf);
        cache.put(fingerprint, exchanged);
      }
      mine.complete(exchanged);
      return exchanged;
    } catch (RuntimeException e) {
      mine.completeExceptionally(e);
      throw e;
    } finally {
      underWay.remove(fingerprint, mine);
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
