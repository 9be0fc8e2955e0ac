package io.cpdevents.gateway.callers;

import io.cpdevents.gateway.problem.Refusal;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Bounds the requests of one session that are under way, wherever they come from. */
@Component
public class SessionsUnderWay {

  /** A page in a browser has about six at once, a program of an organization a few more. */
  static final int MAX_REQUESTS = 64;

  /** A page waits for one payment; a person may have several pages open. */
  static final int MAX_LONG_POLLS = 4;

  private static final long RETRY_AFTER_SECONDS = 2;

  private final Shares<UUID> requests = new Shares<>();
  private final Shares<UUID> longPolls = new Shares<>();
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
  public Held begin(UUID sessionId, boolean isLongPoll) {
    Held request = take(requests, sessionId, MAX_REQUESTS);
    if (!isLongPoll) {
      return request;
    }
    try {
      Held longPoll = take(longPolls, sessionId, MAX_LONG_POLLS);
      return () -> {
        longPoll.close();
        request.close();
      };
    } catch (Refusal e) {
      request.close();
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
