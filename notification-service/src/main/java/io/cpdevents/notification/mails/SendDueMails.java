package io.cpdevents.notification.mails;

import io.cpdevents.notification.mails.MailStatus.Trigger;
import io.cpdevents.notification.mails.Mails.Claim;
import io.cpdevents.notification.smtp.MailServer;
import io.cpdevents.platform.time.SystemTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Mails that are due go out, many at once, each claimed by one worker under a lease. One
 * transaction saves what became of mails, queues what others have to be told because of them and
 * claims the next (group commit); sending is in no transaction.
 */
@Component
public class SendDueMails {

  /** Mails that one process has claimed at a time; fewer of them are at the mail server at once. */
  static final int MAX_CLAIMED_MAILS = 128;

  private static final Logger log = LoggerFactory.getLogger(SendDueMails.class);

  private static final Duration STOP_POLL_INTERVAL = Duration.ofMillis(20);

  private final Mails mails;
  private final QueueMail queueMail;
  private final ClaimedMails claimed;
  private final MailWorkers workers;
  private final ExtendLeases extendLeases;
  private final MailServer mailServer;
  private final MailMetrics metrics;
  private final TransactionTemplate transaction;
  private final SystemTime systemTime;

  SendDueMails(
      Mails mails,
      QueueMail queueMail,
      ClaimedMails claimed,
      MailWorkers workers,
      ExtendLeases extendLeases,
      MailServer mailServer,
      MailMetrics metrics,
      TransactionTemplate transaction,
      SystemTime systemTime) {
    this.mails = mails;
    this.queueMail = queueMail;
    this.claimed = claimed;
    this.workers = workers;
    this.extendLeases = extendLeases;
    this.mailServer = mailServer;
    this.metrics = metrics;
    this.transaction = transaction;
    this.systemTime = systemTime;
  }

  /**
   * Saves what became of mails, claims those that are due for the free places and starts their
   * workers. One caller at a time. While the database is away it throws and forgets nothing: a mail
   * that was handed over must not be handed over twice for that.
   */
  public void handle() {
    saveAndClaim(mailServer.permitted(MAX_CLAIMED_MAILS));
  }

  /** Claims no more mails, waits for those under way and saves what became of them. */
  public void finish(Duration longest) {
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
        saveAndClaim(0);
      } catch (RuntimeException e) {
        log.warn("what became of mails is not saved yet: {}", e.getClass().getSimpleName());
      }
      LockSupport.parkNanos(STOP_POLL_INTERVAL.toNanos());
      nowNanos = System.nanoTime();
    }
    if (!claimed.isEmpty()) {
      log.warn("{} mails were under way at the stop; their leases will run out", claimed.size());
    }
    workers.stop();
  }

  /** What one transaction did. */
  private record Round(List<Mail> after, Set<UUID> saved, List<Mail> claims) {}

  /** Synchronized, because the stop may come while the loop is still in a round. */
  private synchronized void saveAndClaim(int maxClaimed) {
    List<Attempt> ended = claimed.ended();
    Set<UUID> kept = claimed.idsWithout(ended);
    List<QueueMail.Command> others = ended.stream().flatMap(Attempt::others).toList();
    // Mails to others are claimed as they are queued.
    int places = Math.max(0, maxClaimed - kept.size() - others.size());
    if (ended.isEmpty() && places == 0) {
      return;
    }
    Instant now = systemTime.now();
    Instant leaseUntil = now.plus(ExtendLeases.LEASE_TIME);
    Round round =
        Objects.requireNonNull(
            transaction.execute(_ -> {
              List<Mail> after = ended.stream().map(attempt -> attempt.after(now)).toList();
              Set<UUID> saved = after.isEmpty() ? Set.of() : mails.save(after, now);
              others.forEach(queueMail::handle);
              return new Round(after, saved, claim(now, leaseUntil, places, kept));
            }));
    for (int i = 0; i < ended.size(); i++) {
      forget(ended.get(i), round.after().get(i), round.saved());
    }
    round.claims().forEach(mail -> claimed.add(mail, leaseUntil));
    workers.start(round.claims());
  }

  private List<Mail> claim(Instant now, Instant leaseUntil, int places, Set<UUID> kept) {
    List<Claim> claims = places == 0 ? List.of() : mails.claim(now, leaseUntil, places, kept);
    claims.forEach(claim -> MailStatus.TRANSITIONS.next(claim.before(), Trigger.CLAIMED));
    return claims.stream().map(Claim::mail).toList();
  }

  private void forget(Attempt attempt, Mail after, Set<UUID> saved) {
    claimed.forget(attempt);
    if (saved.contains(after.id())) {
      metrics.attempted(after, attempt.endedAt());
    } else {
      log.warn("mail {} was claimed by another worker meanwhile", after.id());
    }
  }
}
