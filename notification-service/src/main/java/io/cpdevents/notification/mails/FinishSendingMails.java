package io.cpdevents.notification.mails;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The process stops: no more mails are claimed, and what became of those under way is saved. */
@Component
public class FinishSendingMails {

  private static final Logger log = LoggerFactory.getLogger(FinishSendingMails.class);
  private static final Duration POLL_INTERVAL = Duration.ofMillis(20);

  private final SendDueMails sendDueMails;
  private final ExtendLeases extendLeases;
  private final ClaimedMails claimed;
  private final MailWorkers workers;

  FinishSendingMails(
      SendDueMails sendDueMails,
      ExtendLeases extendLeases,
      ClaimedMails claimed,
      MailWorkers workers) {
    this.sendDueMails = sendDueMails;
    this.extendLeases = extendLeases;
    this.claimed = claimed;
    this.workers = workers;
  }

  /** Waits for the mails under way, for as long as this at the most. */
  public void handle(Duration longest) {
    claimed.close();
    long nowNanos = System.nanoTime();
    long deadlineNanos = nowNanos + longest.toNanos();
    long beatNanos = nowNanos;
    while (!claimed.isEmpty() && nowNanos < deadlineNanos) {
      try {
        if (nowNanos >= beatNanos) {
          beatNanos = nowNanos + ExtendLeases.BEAT.toNanos();
          extendLeases.handle();
        }
        sendDueMails.saveAndClaim(0);
      } catch (RuntimeException e) {
        log.warn("what became of mails is not saved yet: {}", e.getClass().getSimpleName());
      }
      LockSupport.parkNanos(POLL_INTERVAL.toNanos());
      nowNanos = System.nanoTime();
    }
    if (!claimed.isEmpty()) {
      log.warn("{} mails were under way at the stop; their leases will run out", claimed.size());
    }
    workers.stop();
  }
}
