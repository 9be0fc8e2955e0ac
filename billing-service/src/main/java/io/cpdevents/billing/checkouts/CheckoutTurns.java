package io.cpdevents.billing.checkouts;

import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.stripe.StripeUnavailable;
import io.cpdevents.platform.time.SystemTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * Requests that wait until somebody else's page is made. Each of them looks at the database again
 * and again and holds a place at the gateway, so one account has few of them on this instance,
 * however many payments and sessions it has.
 */
@Component
class CheckoutTurns {

  /** More than the clicks of somebody impatient. */
  static final int MAX_WAITING_OF_ACCOUNT = 8;

  /** Less than the gateway waits. */
  private static final Duration MAX_WAIT_TIME = Duration.ofSeconds(10);

  private static final Duration WAIT_STEP = Duration.ofMillis(100);

  private final Map<UUID, Integer> waiting = new ConcurrentHashMap<>();
  private final SystemTime systemTime;

  CheckoutTurns(SystemTime systemTime) {
    this.systemTime = systemTime;
  }

  /** One request, whose time to wait begins now. */
  final class Turn implements AutoCloseable {

    private final UUID accountId;
    private final Instant deadline;
    private boolean waits;

    private Turn(UUID accountId) {
      this.accountId = accountId;
      this.deadline = systemTime.now().plus(MAX_WAIT_TIME);
    }

    /**
     * Waits a moment.
     *
     * @throws RuleViolation 409 {@code in-progress} when it has waited long enough, or as many of
     *     the account wait as may
     */
    void await() {
      if (!waits) {
        waits = waiting.merge(accountId, 1, Integer::sum) <= MAX_WAITING_OF_ACCOUNT;
        if (!waits) {
          leave(accountId);
        }
      }
      if (!waits || systemTime.now().isAfter(deadline)) {
        throw CommonProblem.IN_PROGRESS.violation("The page is still being made. Ask again.");
      }
      pause();
    }

    @Override
    public void close() {
      if (waits) {
        leave(accountId);
      }
    }
  }

  Turn of(UUID accountId) {
    return new Turn(accountId);
  }

  private void leave(UUID accountId) {
    waiting.computeIfPresent(accountId, (_, now) -> now > 1 ? Integer.valueOf(now - 1) : null);
  }

  private static void pause() {
    try {
      Thread.sleep(WAIT_STEP);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StripeUnavailable("checkout", e);
    }
  }
}
