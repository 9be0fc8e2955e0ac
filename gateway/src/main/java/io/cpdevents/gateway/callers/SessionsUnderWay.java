package io.cpdevents.gateway.callers;

import io.cpdevents.gateway.problem.Refusal;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * Bounds the requests of one session that are under way, and those of an account, which may have
 * many sessions: all of them, and those that wait, wherever they come from.
 */
@Component
public class SessionsUnderWay {

  /** A page in a browser has about six at once, a program of an organization a few more. */
  static final int MAX_REQUESTS = 64;

  /** A quarter of what one service answers at a time. */
  static final int MAX_REQUESTS_OF_ACCOUNT = 64;

  /** A page waits for one payment; a person may have several pages open. */
  static final int MAX_LONG_POLLS = 4;

  /** Two browsers full; sessions are many, and a service has 128 places for those who wait. */
  static final int MAX_LONG_POLLS_OF_ACCOUNT = 8;

  private static final long RETRY_AFTER_SECONDS = 2;

  private final Shares<UUID> requests = new Shares<>();
  private final Shares<UUID> requestsOfAccounts = new Shares<>();
  private final Shares<UUID> longPolls = new Shares<>();
  private final Shares<UUID> longPollsOfAccounts = new Shares<>();
  private final Counter refused;

  SessionsUnderWay(MeterRegistry meters) {
    this.refused = RequestsUnderWay.refused("session", meters);
  }

  /**
   * Begins a request.
   *
   * @param isLongPoll whether it asks the service to wait
   * @throws Refusal 429 {@code too-many-requests}
   */
  public Held begin(UUID sessionId, UUID accountId, boolean isLongPoll) {
    Held request =
        and(
            take(requests, sessionId, MAX_REQUESTS),
            () -> take(requestsOfAccounts, accountId, MAX_REQUESTS_OF_ACCOUNT));
    if (!isLongPoll) {
      return request;
    }
    Held longPoll = and(request, () -> take(longPolls, sessionId, MAX_LONG_POLLS));
    return and(longPoll, () -> take(longPollsOfAccounts, accountId, MAX_LONG_POLLS_OF_ACCOUNT));
  }

  /** Gives back what was taken before when the next is refused. */
  private static Held and(Held before, Supplier<Held> next) {
    try {
      Held more = next.get();
      return () -> {
        more.close();
        before.close();
      };
    } catch (Refusal e) {
      before.close();
      throw e;
    }
  }

  private Held take(Shares<UUID> shares, UUID sessionId, int most) {
    if (!shares.take(sessionId, 1, most)) {
      refused.increment();
      throw Refusal.tooManyAtOnce(RETRY_AFTER_SECONDS);
    }
    return () -> shares.giveBack(sessionId, 1);
  }
}
