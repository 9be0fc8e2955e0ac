package io.cpdevents.notification.mails;

import io.cpdevents.notification.mails.Mails.Claim;
import io.cpdevents.notification.mails.Mails.Ended;
import io.cpdevents.notification.mails.SendMail.Needs;
import io.cpdevents.notification.smtp.MailServer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Mails that are due go out, some at once, each held by one worker under a lease. What became of
 * those before is saved in the transaction that claims the next; sending is in no transaction.
 */
@Component
public class SendDueMails {

  /** Mails that one process has at a time; the mail server is given fewer of them at once. */
  static final int MAX_IN_FLIGHT = 32;

  /** After so long without a sign of life a worker counts as dead. */
  static final Duration LEASE_TIME = Duration.ofSeconds(8);

  /** How often a worker gives a sign of life. */
  public static final Duration BEAT = Duration.ofSeconds(1);

  private static final Logger log = LoggerFactory.getLogger(SendDueMails.class);

  private static final Duration LOOK_AGAIN = Duration.ofMillis(20);
  private static final int SHOWN_FRAMES = 6;

  private final Mails mails;
  private final SendMail sendMail;
  private final MailServer mailServer;
  private final MailMetrics metrics;
  private final TransactionTemplate transaction;
  private final Clock clock;

  /** A claimed mail, and until when no other worker takes it. */
  private record Lease(Mail claimed, Instant until) {}

  /** Claimed, and what became of them is not saved. */
  private final Map<UUID, Lease> underWay = new ConcurrentHashMap<>();

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
    saveAndClaim(mailServer.mostAtOnce(MAX_IN_FLIGHT));
  }

  /** Tells other processes that the mails under way are still in good hands. */
  public void extendLeases() {
    List<Mail> claimed = underWay.values().stream().map(Lease::claimed).toList();
    if (!claimed.isEmpty()) {
      Instant until = clock.instant().plus(LEASE_TIME);
      for (UUID id : mails.extendLeases(claimed, until)) {
        underWay.computeIfPresent(id, (_, lease) -> new Lease(lease.claimed(), until));
      }
    }
  }

  /** Takes no more mails, waits for those under way and saves what became of them. */
  public void finish(Duration longest) {
    long nowNanos = System.nanoTime();
    long deadlineNanos = nowNanos + longest.toNanos();
    long beatNanos = nowNanos;
    while (!underWay.isEmpty() && nowNanos < deadlineNanos) {
      try {
        if (nowNanos >= beatNanos) {
          beatNanos = nowNanos + BEAT.toNanos();
          extendLeases();
        }
        saveAndClaim(0);
      } catch (RuntimeException e) {
        log.warn("mails wait to be settled: {}", e.getClass().getSimpleName());
      }
      LockSupport.parkNanos(LOOK_AGAIN.toNanos());
      nowNanos = System.nanoTime();
    }
    if (!underWay.isEmpty()) {
      log.warn("{} mails were under way at the stop; their leases will run out", underWay.size());
    }
    workers.shutdownNow();
  }

  /** The stop may come while the loop is still in a round. */
  private synchronized void saveAndClaim(int placesMost) {
    List<Ended> toSave = List.copyOf(ended);
    Set<UUID> kept = new HashSet<>(underWay.keySet());
    toSave.forEach(end -> kept.remove(end.claimed().id()));
    int places = Math.max(0, placesMost - kept.size());
    if (toSave.isEmpty() && places == 0) {
      return;
    }
    Instant now = clock.instant();
    Instant leaseUntil = now.plus(LEASE_TIME);
    Round round =
        Objects.requireNonNull(
            transaction.execute(_ ->
                new Round(
                    toSave.isEmpty() ? Set.of() : mails.settle(toSave, now),
                    places == 0 ? List.of() : mails.claim(now, leaseUntil, places, kept))));
    for (Ended end : toSave) {
      ended.remove(end);
      underWay.remove(end.claimed().id());
      if (round.saved().contains(end.claimed().id())) {
        metrics.attempted(end);
      } else {
        log.warn("mail {} was claimed by another worker meanwhile", end.claimed().id());
      }
    }
    start(round.claims(), leaseUntil);
  }

  /** What one transaction did. */
  private record Round(Set<UUID> saved, List<Claim> claims) {}

  /** Those that need something of others do not hold up those that need nothing. */
  private void start(List<Claim> claims, Instant leaseUntil) {
    for (Claim claim : claims) {
      Mail mail = claim.mail();
      MailStatus.TRANSITIONS.next(claim.before(), MailStatus.Trigger.CLAIMED, mail.status());
      underWay.put(mail.id(), new Lease(mail, leaseUntil));
    }
    claims.stream()
        .map(Claim::mail)
        .collect(Collectors.partitioningBy(sendMail::needsSomething))
        .values()
        .stream()
        .filter(some -> !some.isEmpty())
        .forEach(some -> workers.execute(() -> work(some)));
  }

  private void work(List<Mail> claimed) {
    Queue<Mail> left = new ArrayDeque<>(claimed);
    try {
      Needs needs = sendMail.needsOf(claimed);
      while (!left.isEmpty()) {
        Mail mail = left.element();
        workers.execute(() -> attempt(mail, needs));
        left.remove();
      }
    } catch (DataAccessException e) {
      log.warn("mails wait for the database: {}", e.getClass().getSimpleName());
      endAll(left, _ -> new SendOutcome.Delayed("database-away", RetryWait.CONTENT_AWAY));
    } catch (RuntimeException e) {
      endAll(left, mail -> unexpected(mail, e));
    } finally {
      left.forEach(this::letGo);
    }
  }

  private void attempt(Mail mail, Needs needs) {
    Queue<Mail> left = new ArrayDeque<>(List.of(mail));
    try {
      SendOutcome outcome = sendMail.handle(mail, needs, () -> isOurs(mail));
      endAll(left, _ -> outcome);
    } catch (RuntimeException e) {
      endAll(left, _ -> unexpected(mail, e));
    } finally {
      left.forEach(this::letGo);
    }
  }

  private void endAll(Queue<Mail> left, Function<Mail, SendOutcome> outcome) {
    while (!left.isEmpty()) {
      end(left.element(), outcome.apply(left.element()));
      left.remove();
    }
  }

  /** The end of a worker that nothing could catch: the lease will run out. */
  private void letGo(Mail mail) {
    underWay.remove(mail.id());
  }

  private boolean isOurs(Mail mail) {
    Lease lease = underWay.get(mail.id());
    return lease != null && clock.instant().isBefore(lease.until());
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
