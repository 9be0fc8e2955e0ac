package io.cpdevents.billing.reconciliation;

import io.cpdevents.platform.stripe.StripeUnavailable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Once a day everything that Stripe has ever booked on the platform's balance is read again: what
 * has appeared, changed or gone longer ago than the job that follows the balance looks back. Then
 * every closed day is read again, whether it still has its hash and its journals.
 */
@Component
public class ReadWholeBalance {

  private static final Logger log = LoggerFactory.getLogger(ReadWholeBalance.class);

  private static final Duration INTERVAL = Duration.ofDays(1);

  /**
   * Each waits a few seconds for whoever reconciles. Given up, the pass goes on with the next run
   * of the job only.
   */
  private static final int MAX_TRIES = 40;

  private static final PassOverBalance.Course COURSE =
      new PassOverBalance.Course("platform-whole", null, null);

  private final OneReconciliation one;
  private final PassOverBalance passOverBalance;
  private final SettleBalance settleBalance;
  private final BalanceProgress progress;
  private final Days days;
  private final VerifyDay verifyDay;
  private final VerifyJournals verifyJournals;
  private final Clock clock;

  ReadWholeBalance(
      OneReconciliation one,
      PassOverBalance passOverBalance,
      SettleBalance settleBalance,
      BalanceProgress progress,
      Days days,
      VerifyDay verifyDay,
      VerifyJournals verifyJournals,
      Clock clock) {
    this.one = one;
    this.passOverBalance = passOverBalance;
    this.settleBalance = settleBalance;
    this.progress = progress;
    this.days = days;
    this.verifyDay = verifyDay;
    this.verifyJournals = verifyJournals;
    this.clock = clock;
  }

  /**
   * Reads it, or goes on where it stopped, unless that was done within the last day. Each window is
   * settled alone, so that whoever reconciles meanwhile waits for one window and not for all.
   */
  public void handle() {
    if (!isDue()) {
      return;
    }
    try {
      passOverBalance.go(COURSE, this::settleAlone);
      verifyClosedDays();
    } catch (StripeUnavailable interrupted) {
      log.warn("Stripe's whole balance cannot be read now: {}", interrupted.getMessage());
    } catch (Interrupted _) {
      log.info("Somebody else reconciles: Stripe's whole balance is read on later");
    }
  }

  private void verifyClosedDays() {
    Optional<LocalDate> first = days.first();
    Optional<LocalDate> last = days.lastClosed();
    if (first.isPresent() && last.isPresent()) {
      first
          .get()
          .datesUntil(last.get().plusDays(1))
          .forEach(date -> {
            verifyDay.handle(date);
            verifyJournals.handle(date);
          });
    }
  }

  private boolean isDue() {
    Instant yesterday = clock.instant().minus(INTERVAL);
    return progress.followedUntil(COURSE.list()).filter(yesterday::isBefore).isEmpty();
  }

  /** What cannot be settled is a break, and is tried again by the next pass. */
  private @Nullable Instant settleAlone(PassOverBalance.Window window) {
    for (int tries = 0; tries < MAX_TRIES; tries++) {
      if (one.alone(() -> settleBalance.read(window))) {
        return null;
      }
    }
    throw new Interrupted();
  }

  /** The lock was not to be had: the pass goes on with this window later. */
  private static final class Interrupted extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
