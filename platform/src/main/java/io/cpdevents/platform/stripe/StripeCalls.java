package io.cpdevents.platform.stripe;

import com.stripe.exception.ApiConnectionException;
import com.stripe.exception.StripeException;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.github.resilience4j.ratelimiter.RateLimiterRegistry;
import io.github.resilience4j.ratelimiter.RequestNotPermitted;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Limits every call to Stripe: how many at once, of all, of people and of one of them, how long,
 * and whether at all while Stripe is down. It does not retry: the library does, with the same
 * idempotency key.
 */
public final class StripeCalls implements DisposableBean {

  /** A call of Stripe's library. */
  @FunctionalInterface
  public interface Call<T> {
    /** Calls Stripe. */
    T make() throws StripeException;
  }

  /** The name of the bulkhead and of the breaker, also in metrics. */
  private static final String NAME = "stripe";

  private static final int MAX_CONCURRENT_CALLS = 32;

  /** The other half is for what nobody waits for at a screen: jobs, and what Stripe tells. */
  static final int MAX_CONCURRENT_CALLS_OF_PEOPLE = MAX_CONCURRENT_CALLS / 2;

  private static final Duration MAX_WAIT_FOR_PERMIT_TIME = Duration.ofSeconds(2);

  /**
   * Less than the library's three tries may take together, so that a caller gets an answer in time.
   */
  private static final Duration MAX_CALL_TIME = Duration.ofSeconds(30);

  private static final int BREAKER_WINDOW_CALLS = 20;
  private static final int MIN_BREAKER_CALLS = 10;
  private static final int BREAKER_FAILURES_PERCENT = 60;
  private static final Duration BREAKER_OPEN_TIME = Duration.ofSeconds(5);
  private static final int BREAKER_TRIAL_CALLS = 3;

  /** The name of the rate limiter of refunds, also in metrics. */
  private static final String REFUNDS = "stripe-refunds";

  /** The name of the rate limiter of long lists, also in metrics. */
  private static final String LISTINGS = "stripe-listings";

  /** Stripe allows 100 requests a second in all, and 25 in its test mode. */
  private static final int MAX_LISTINGS_PER_SECOND = 20;

  private static final Duration RATE_PERIOD = Duration.ofSeconds(1);

  /**
   * A call that gets no permit in this time fails as {@link StripeBusy}, and its job retries it
   * later.
   */
  private static final Duration MAX_WAIT_FOR_RATE_PERMIT_TIME = Duration.ofSeconds(10);

  /** How long a call that asks for a refund may take, from the wait for its permits to its end. */
  public static final Duration MAX_REFUND_TIME =
      MAX_WAIT_FOR_RATE_PERMIT_TIME
          .plus(MAX_WAIT_FOR_PERMIT_TIME.multipliedBy(2))
          .plus(MAX_CALL_TIME);

  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int CONFLICT = 409;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int CLIENT_ERRORS_FROM = 400;
  private static final int SERVER_ERRORS_FROM = 500;

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CallsOfCallers callers =
      new CallsOfCallers(MAX_CONCURRENT_CALLS_OF_PEOPLE, MAX_WAIT_FOR_PERMIT_TIME);
  private final Bulkhead bulkhead;
  private final CircuitBreaker breaker;
  private final RateLimiter refundRate;
  private final RateLimiter listingRate;

  StripeCalls(
      BulkheadRegistry bulkheads,
      CircuitBreakerRegistry breakers,
      RateLimiterRegistry rateLimiters,
      StripeSettings settings) {
    this.refundRate = rateLimiters.rateLimiter(REFUNDS, rate(settings.maxRefundsPerSecond()));
    this.listingRate = rateLimiters.rateLimiter(LISTINGS, rate(MAX_LISTINGS_PER_SECOND));
    this.bulkhead =
        bulkheads.bulkhead(
            NAME,
            BulkheadConfig.custom()
                .maxConcurrentCalls(MAX_CONCURRENT_CALLS)
                .maxWaitDuration(MAX_WAIT_FOR_PERMIT_TIME)
                .build());
    this.breaker =
        breakers.circuitBreaker(
            NAME,
            CircuitBreakerConfig.custom()
                .slidingWindowSize(BREAKER_WINDOW_CALLS)
                .minimumNumberOfCalls(MIN_BREAKER_CALLS)
                .failureRateThreshold(BREAKER_FAILURES_PERCENT)
                .waitDurationInOpenState(BREAKER_OPEN_TIME)
                .permittedNumberOfCallsInHalfOpenState(BREAKER_TRIAL_CALLS)
                .automaticTransitionFromOpenToHalfOpenEnabled(false)
                .ignoreException(StripeCalls::saysNothingOfStripe)
                .build());
  }

  private static RateLimiterConfig rate(int callsPerSecond) {
    return RateLimiterConfig.custom()
        .limitForPeriod(callsPerSecond)
        .limitRefreshPeriod(RATE_PERIOD)
        .timeoutDuration(MAX_WAIT_FOR_RATE_PERMIT_TIME)
        .build();
  }

  /**
   * Makes a call.
   *
   * @param operation its name in messages
   * @throws StripeUnavailable when the outcome is not known
   * @throws StripeRefused when Stripe has refused for good
   */
  public <T> T make(String operation, Call<T> call) {
    if (TransactionSynchronizationManager.isActualTransactionActive()) {
      throw new IllegalStateException(operation + " must not be called inside a transaction");
    }
    try {
      return callers.make(
          operation,
          () ->
              bulkhead.executeSupplier(
                  () -> breaker.executeSupplier(() -> inTime(operation, call))));
    } catch (BulkheadFullException | CallNotPermittedException e) {
      throw new StripeBusy(operation, e);
    }
  }

  /**
   * Makes a call that asks for a refund. Stripe allows 25 requests a second at one endpoint, so the
   * refunds of a cancelled event with hundreds of registrations wait for permits.
   *
   * @throws StripeUnavailable when it got no permit, or the outcome is not known
   * @throws StripeRefused when Stripe has refused for good
   */
  public <T> T makeRefund(String operation, Call<T> call) {
    return makeAt(refundRate, operation, call);
  }

  /**
   * Makes a call for a page of a list that may be long. Whoever reads all of it leaves most of what
   * Stripe allows to people who wait.
   *
   * @throws StripeUnavailable when it got no permit, or the outcome is not known
   * @throws StripeRefused when Stripe has refused for good
   */
  public <T> T makeListing(String operation, Call<T> call) {
    return makeAt(listingRate, operation, call);
  }

  private <T> T makeAt(RateLimiter rate, String operation, Call<T> call) {
    try {
      return rate.executeSupplier(() -> make(operation, call));
    } catch (RequestNotPermitted e) {
      throw new StripeBusy(operation, e);
    }
  }

  @Override
  public void destroy() {
    threads.shutdownNow();
  }

  /**
   * Of an account that was disconnected Stripe answers well, however many of them are asked for.
   */
  private static boolean saysNothingOfStripe(Throwable failure) {
    return failure instanceof StripeRefused
        || failure instanceof StripeBusy
        || (failure instanceof StripeUnavailable unavailable
            && Disconnected.isCauseOf(unavailable));
  }

  private <T> T inTime(String operation, Call<T> call) {
    Future<T> answer = threads.submit(call::make);
    try {
      return answer.get(MAX_CALL_TIME.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new StripeUnavailable(operation, e);
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw new StripeUnavailable(operation, e);
    } catch (ExecutionException e) {
      throw translated(operation, e.getCause());
    }
  }

  private static RuntimeException translated(String operation, @Nullable Throwable cause) {
    if (!(cause instanceof StripeException stripe) || cause instanceof ApiConnectionException) {
      return new StripeUnavailable(operation, cause);
    }
    Integer status = stripe.getStatusCode();
    if (status == null || status < CLIENT_ERRORS_FROM) {
      return new StripeUnavailable(operation, stripe);
    }
    if (status >= SERVER_ERRORS_FROM) {
      return new StripeFailed(operation, stripe);
    }
    return switch (status) {
      // Our key is wrong. The call is retried until an operator has replaced the key.
      case UNAUTHORIZED, FORBIDDEN -> new StripeUnavailable(operation, stripe);
      case CONFLICT, TOO_MANY_REQUESTS -> new StripeBusy(operation, stripe);
      default -> new StripeRefused(operation, status, stripe.getCode(), stripe);
    };
  }
}
