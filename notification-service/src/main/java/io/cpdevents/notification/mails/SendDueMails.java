package io.cpdevents.notification.mails;

import io.cpdevents.notification.mails.Mails.Claim;
import io.cpdevents.notification.mails.Mails.Ended;
import io.cpdevents.notification.mails.SendMail.Needs;
import io.cpdevents.notification.smtp.MailServer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Mails that are due go out, some at once, each held by one worker under a lease. What became of
 * those before is saved in the transaction that claims the next; sending is in no transaction.
 */
@Service
public class SendDueMails {

  /** Mails that one process has at a time; the mail server is given fewer of them at once. */
  static final int UNDER_WAY_MAX = 32;

  /** After so long without a sign of life a worker counts as dead. */
  static final Duration LEASE_TIME = Duration.ofSeconds(8);

  private static final Logger log = LoggerFactory.getLogger(SendDueMails.class);

  private static final Duration LOOK_AGAIN = Duration.ofMillis(20);
  private static final int SHOWN_FRAMES = 6;

  private final Mails mails;
  private final SendMail sendMail;
  private final MailServer mailServer;
  private final MailMetrics metrics;
  private final TransactionTemplate transaction;
  private final Clock clock;

  /** Claimed, and what became of them is not saved. */
  private final Set<UUID> underWay = ConcurrentHashMap.newKeySet();

  /** Those of them that wait to be saved. */
  private final Queue<Ended> ended = new ConcurrentLinkedQueue<>();

  private final ExecutorService workers =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("mail-", 0).factory());
  private volatile Runnable endListener = () -> {};

  SendDueMails(
      Mails mails,
      SendMail sendMail,
      MailServer mailServer,
      MailMetrics metrics,
      TransactionTemplate transaction,
      Clock clock) {
    this.mails = mails;
    this.sendMail = sendMail;
    this.mailServer = mailServer;
    this.metrics = metrics;
    this.transaction = transaction;
    this.clock = clock;
  }

  /** Runs something each time an attempt has ended: {@link #handle} has something to do. */
  public void onEnd(Runnable listener) {
    endListener = listener;
  }

  /**
   * Saves what became of mails, claims those that are due for the free places and starts their
   * workers. One caller at a time. While the database is away it throws and forgets nothing: a mail
   * that was handed over must not be handed over twice for that.
   */
  public void handle() {
    saveAndClaim(mailServer.mostAtOnce(UNDER_WAY_MAX));
  }

  /** Tells other processes that the mails under way are still in good hands. */
  public void extendLeases() {
    if (!underWay.isEmpty()) {
      mails.extendLeases(List.copyOf(underWay), clock.instant().plus(LEASE_TIME));
    }
  }

  /** Takes no more mails, waits for those under way and saves what became of them. */
  public void finish(Duration longest) {
    long deadlineNanos = System.nanoTime() + longest.toNanos();
    while (!underWay.isEmpty() && System.nanoTime() < deadlineNanos) {
      try {
        saveAndClaim(0);
      } catch (DataAccessException | TransactionException e) {
        log.warn("mails wait to be settled: {}", e.getClass().getSimpleName());
      }
      LockSupport.parkNanos(LOOK_AGAIN.toNanos());
    }
    if (!underWay.isEmpty()) {
      log.warn("{} mails were under way at the stop; their leases will run out", underWay.size());
    }
    workers.shutdownNow();
  }

  private void saveAndClaim(int placesMost) {
    List<Ended> toSave = List.copyOf(ended);
    Set<UUID> kept = new HashSet<>(underWay);
    toSave.forEach(end -> kept.remove(end.claimed().id()));
    int places = Math.max(0, placesMost - kept.size());
    if (toSave.isEmpty() && places == 0) {
      return;
    }
    List<Claim> claims = saveAndClaim(toSave, places, kept);
    for (Ended end : toSave) {
      ended.remove();
      underWay.remove(end.claimed().id());
      metrics.attempted(end);
    }
    if (!claims.isEmpty()) {
      start(claims);
    }
  }

  private List<Claim> saveAndClaim(List<Ended> toSave, int places, Set<UUID> kept) {
    Instant now = clock.instant();
    return transaction.execute(_ -> {
      if (!toSave.isEmpty()) {
        Set<UUID> saved = mails.settle(toSave, now);
        toSave.stream()
            .map(end -> end.claimed().id())
            .filter(id -> !saved.contains(id))
            .forEach(id -> log.warn("mail {} was claimed by another worker meanwhile", id));
      }
      return places == 0 ? List.of() : mails.claim(now, now.plus(LEASE_TIME), places, kept);
    });
  }

  private void start(List<Claim> claims) {
    for (Claim claim : claims) {
      Mail mail = claim.mail();
      MailStatus.TRANSITIONS.next(claim.before(), MailStatus.Trigger.CLAIMED, mail.status());
      underWay.add(mail.id());
    }
    workers.execute(() -> work(claims.stream().map(Claim::mail).toList()));
  }

  private void work(List<Mail> claimed) {
    Needs needs;
    try {
      needs = sendMail.needsOf(claimed);
    } catch (RuntimeException e) {
      claimed.forEach(mail -> end(mail, unexpected(mail, e)));
      return;
    }
    claimed.forEach(mail -> workers.execute(() -> attempt(mail, needs)));
  }

  private void attempt(Mail mail, Needs needs) {
    SendOutcome outcome = null;
    try {
      outcome = sendMail.handle(mail, needs);
    } catch (RuntimeException e) {
      outcome = unexpected(mail, e);
    } finally {
      if (outcome == null) {
        // The end of a worker that nothing could catch: the lease will run out.
        underWay.remove(mail.id());
      }
    }
    end(mail, outcome);
  }

  /**
   * A bug, or the database: the mail must not be lost for it. The exception's text stays out of the
   * log, for it may quote the mail.
   */
  private static SendOutcome unexpected(Mail mail, RuntimeException failure) {
    log.error(
        "mail {} could not be sent: {} at {}",
        mail.id(),
        failure.getClass().getName(),
        Arrays.stream(failure.getStackTrace()).limit(SHOWN_FRAMES).toList());
    return new SendOutcome.Delayed("unexpected", RetryWait.MAIL_DEFERRED);
  }

  private void end(Mail mail, SendOutcome outcome) {
    Instant now = clock.instant();
    ended.add(new Ended(mail, mail.settle(outcome, now), now));
    endListener.run();
  }
}
