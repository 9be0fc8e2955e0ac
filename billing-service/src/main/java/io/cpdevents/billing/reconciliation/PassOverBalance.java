package io.cpdevents.billing.reconciliation;

import io.cpdevents.billing.stripe.StripeApi;
import io.cpdevents.billing.stripe.StripeBalanceTransaction;
import io.cpdevents.platform.stripe.StripeUnavailable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Reads one of Stripe's lists of balance transactions window by window, the oldest first, and goes
 * on where it was interrupted. However long the list is, one window is in memory.
 */
@Component
class PassOverBalance {

  /**
   * What is read.
   *
   * @param list its name in the progress
   * @param account the connected account; null for the platform's own balance
   * @param overlap how far before the end of the last pass the next one begins; null: each begins
   *     at the beginning of all time
   */
  record Course(String list, @Nullable String account, @Nullable Duration overlap) {}

  /**
   * Everything of a time.
   *
   * @param from inclusive
   * @param until exclusive
   * @param listed the oldest first
   */
  record Window(Instant from, Instant until, List<StripeBalanceTransaction> listed) {}

  /** What is done with a window. */
  @FunctionalInterface
  interface Reader {
    /** Returns the creation of the oldest that could not be settled, if there is one. */
    @Nullable Instant read(Window window);
  }

  private static final int MAX_PAGE_ROWS = 100;

  /** The most pages that are held in memory at once; a window with more is halved. */
  private static final int MAX_WINDOW_PAGES = 10;

  /** Below this many rows the next window is twice as long. */
  private static final int SMALL_WINDOW_ROWS = 250;

  /** Stripe's creation times are whole seconds: a window of one second cannot be halved. */
  private static final long MIN_WINDOW_SECONDS = 1;

  private final StripeApi stripe;
  private final BalanceProgress progress;
  private final Clock clock;

  PassOverBalance(StripeApi stripe, BalanceProgress progress, Clock clock) {
    this.stripe = stripe;
    this.progress = progress;
    this.clock = clock;
  }

  /**
   * Goes on with the pass that was interrupted, or begins the next, until now. Progress is saved
   * after each window. Only the end of a pass moves the mark from which the next one begins, and
   * never past what could not be settled.
   *
   * @throws StripeUnavailable when Stripe cannot be asked now; what was read is saved
   */
  void go(Course course, Reader reader) {
    BalanceProgress.Pass pass = progress.underWay(course.list()).orElseGet(() -> begin(course));
    long windowSeconds = secondsBetween(pass.reached(), pass.beganAt());
    while (!pass.isOver()) {
      Instant until = earlier(pass.reached().plusSeconds(windowSeconds), pass.beganAt());
      windowSeconds = secondsBetween(pass.reached(), until);
      Optional<List<StripeBalanceTransaction>> found =
          oldestFirst(course.account(), pass.reached(), until);
      if (found.isEmpty()) {
        windowSeconds = Math.max(MIN_WINDOW_SECONDS, windowSeconds / 2);
        continue;
      }
      pass = pass.reach(until, reader.read(new Window(pass.reached(), until, found.get())));
      progress.save(course.list(), pass);
      if (found.get().size() < SMALL_WINDOW_ROWS) {
        windowSeconds *= 2;
      }
    }
    progress.finish(course.list(), pass);
  }

  private BalanceProgress.Pass begin(Course course) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    Duration overlap = course.overlap();
    Instant from =
        overlap == null
            ? Instant.EPOCH
            : progress
                .followedUntil(course.list())
                .map(until -> earlier(until, now).truncatedTo(ChronoUnit.SECONDS).minus(overlap))
                .orElse(Instant.EPOCH);
    return new BalanceProgress.Pass(now, from, null);
  }

  /** Everything of a window; empty when that is too much at once. Stripe lists the newest first. */
  private Optional<List<StripeBalanceTransaction>> oldestFirst(
      @Nullable String account, Instant from, Instant until) {
    boolean divisible = secondsBetween(from, until) > MIN_WINDOW_SECONDS;
    List<StripeBalanceTransaction> found = new ArrayList<>();
    String after = null;
    for (int page = 0; !divisible || page < MAX_WINDOW_PAGES; page++) {
      StripeApi.BalancePage read =
          stripe.balanceTransactions(account, from, until, after, MAX_PAGE_ROWS);
      found.addAll(read.transactions());
      if (!read.more()) {
        return Optional.of(found.reversed());
      }
      after = read.transactions().getLast().id();
    }
    return Optional.empty();
  }

  private static long secondsBetween(Instant from, Instant until) {
    return Duration.between(from, until).toSeconds();
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
