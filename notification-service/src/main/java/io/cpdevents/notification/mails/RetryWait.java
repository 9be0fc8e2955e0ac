package io.cpdevents.notification.mails;

import io.cpdevents.platform.jobs.BackOff;
import java.time.Duration;
import java.time.Instant;

/** How long a mail waits before it is tried again, by the reason for which it could not be sent. */
public enum RetryWait {
  /**
   * The mail server cannot be reached or refuses us. The breaker lets one mail at a time try, so
   * the wait is short and all go out as soon as the server is back. Never given up.
   */
  SERVER_AWAY(Duration.ofSeconds(2), Duration.ofSeconds(2), false),
  /**
   * The service that owns the content is down; while its breaker is open, calls fail at once. Never
   * given up.
   */
  CONTENT_AWAY(Duration.ofSeconds(1), Duration.ofSeconds(10), false),
  /** What the mail needs is not known yet. A profile that arrives ends the wait of its mails. */
  CONTENT_UNKNOWN(Duration.ofSeconds(1), Duration.ofMinutes(1), true),
  /** The mail server defers this one mail (4xx), or this release cannot send it. */
  MAIL_DEFERRED(Duration.ofSeconds(30), Duration.ofMinutes(15), true);

  /** The age at which a mail that was deferred or lacks content is given up, as mail servers do. */
  static final Duration MAX_RETRY_TIME = Duration.ofDays(5);

  private final Duration first;
  private final Duration longest;
  private final boolean givenUp;

  RetryWait(Duration first, Duration longest, boolean givenUp) {
    this.first = first;
    this.longest = longest;
    this.givenUp = givenUp;
  }

  /** The wait after this many attempts, one or more. */
  Duration after(int attempts) {
    return new BackOff(first, longest).after(attempts);
  }

  /** Whether a mail that still waits is given up. */
  boolean isOver(Instant queuedAt, Instant now) {
    return givenUp && !now.isBefore(queuedAt.plus(MAX_RETRY_TIME));
  }
}
