package io.cpdevents.notification.mails;

import io.cpdevents.platform.time.SystemTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Extends the leases of the mails that this process has claimed, so that no other process claims
 * them.
 */
@Component
public class ExtendLeases {

  /** How often leases that end soon are extended. */
  public static final Duration BEAT = Duration.ofSeconds(1);

  /**
   * A worker that has not extended its leases for this long counts as dead, and its mails may be
   * claimed again.
   */
  static final Duration LEASE_TIME = Duration.ofSeconds(8);

  private final Mails mails;
  private final ClaimedMails claimed;
  private final SystemTime systemTime;

  ExtendLeases(Mails mails, ClaimedMails claimed, SystemTime systemTime) {
    this.mails = mails;
    this.claimed = claimed;
    this.systemTime = systemTime;
  }

  /** Extends the leases that are half over; most mails are sent before. */
  public void handle() {
    Instant now = systemTime.now();
    List<Mail> ending = claimed.leasedUntilBefore(now.plus(LEASE_TIME.dividedBy(2)));
    if (!ending.isEmpty()) {
      Instant until = now.plus(LEASE_TIME);
      mails.extendLeases(ending, until).forEach(id -> claimed.extend(id, until));
    }
  }
}
