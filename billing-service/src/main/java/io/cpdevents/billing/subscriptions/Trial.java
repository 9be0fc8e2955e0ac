package io.cpdevents.billing.subscriptions;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A plan that is or was tried.
 *
 * @param attempt how often Stripe was asked to begin it, from 1
 * @param nextNoticeAt when people are told next that it ends; null when they are not told any more
 */
record Trial(
    String planId, Instant startedAt, Instant endsAt, int attempt, @Nullable Instant nextNoticeAt) {

  static final Duration TIME = Duration.ofDays(14);

  /** Much longer than any request to Stripe lives: whoever made an earlier one is done. */
  private static final Duration MAX_LOST_TIME = Duration.ofHours(1);

  private static final int FIRST_NOTICE_DAYS = 3;
  private static final int LAST_NOTICE_DAYS = 1;

  /** Stripe knows whole seconds. */
  static Trial of(String planId, Instant now) {
    Instant end = now.plus(TIME).truncatedTo(ChronoUnit.SECONDS);
    return new Trial(planId, now, end, 1, before(end, FIRST_NOTICE_DAYS));
  }

  /** What people are told now, and what comes after it. */
  record Notice(Optional<Integer> daysBefore, Trial after) {}

  /** What is due now. When several notices are, the last one says it all; after the end, none. */
  Notice notice(Instant now) {
    if (nextNoticeAt == null || now.isBefore(nextNoticeAt)) {
      return new Notice(Optional.empty(), this);
    }
    if (!now.isBefore(endsAt)) {
      return new Notice(Optional.empty(), withNextNotice(null));
    }
    Instant last = before(endsAt, LAST_NOTICE_DAYS);
    return now.isBefore(last)
        ? new Notice(Optional.of(FIRST_NOTICE_DAYS), withNextNotice(last))
        : new Notice(Optional.of(LAST_NOTICE_DAYS), withNextNotice(null));
  }

  /** Nobody is told any more that it ends. */
  Trial over() {
    return withNextNotice(null);
  }

  /** To be asked for under another key. */
  Trial nextAttempt() {
    return new Trial(planId, startedAt, endsAt, attempt + 1, nextNoticeAt);
  }

  /** Whether so much of it was lost before Stripe has begun it that it is begun anew. */
  boolean isLate(Instant now) {
    return !now.isBefore(startedAt.plus(MAX_LOST_TIME));
  }

  /** The same from now on, to be asked for under another key. */
  Trial anew(Instant now) {
    Trial begun = of(planId, now);
    return new Trial(planId, begun.startedAt, begun.endsAt, attempt + 1, begun.nextNoticeAt);
  }

  private Trial withNextNotice(@Nullable Instant next) {
    return new Trial(planId, startedAt, endsAt, attempt, next);
  }

  private static Instant before(Instant end, int days) {
    return end.minus(Duration.ofDays(days));
  }
}
