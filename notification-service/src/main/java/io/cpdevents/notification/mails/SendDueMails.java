package io.cpdevents.notification.mails;

import io.cpdevents.notification.mails.Mails.Claim;
import io.cpdevents.notification.smtp.MailServer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Service;

/**
 * Mails that are due go out, a few at once, each held by one worker under a lease. Claiming,
 * sending and settling are three steps, none inside another's transaction.
 */
@Service
public class SendDueMails {

  /** Mails that one process sends at the same time, and so its connections to the mail server. */
  static final int AT_ONCE_MAX = 8;

  /**
   * With fewer free places no mail is claimed so soon after the last claim: in a rush a claim then
   * takes several mails, and those under way keep the server busy meanwhile.
   */
  static final int FREE_PLACES_MIN = AT_ONCE_MAX / 2;

  private static final long SOON_NANOS = Duration.ofMillis(100).toNanos();

  /** After so long without a sign of life a worker counts as dead. */
  static final Duration LEASE_TIME = Duration.ofSeconds(8);

  private static final Logger log = LoggerFactory.getLogger(SendDueMails.class);

  private static final Duration SAVE_RETRY_WAIT = Duration.ofMillis(500);
  private static final int SHOWN_FRAMES = 6;

  private final Mails mails;
  private final SendMail sendMail;
  private final MailServer mailServer;
  private final Clock clock;
  private final MeterRegistry meters;
  private final Set<UUID> underWay = ConcurrentHashMap.newKeySet();
  private final ExecutorService workers =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("mail-", 0).factory());
  private long claimedNanos = System.nanoTime() - SOON_NANOS;
  private volatile Runnable freePlaceListener = () -> {};

  SendDueMails(
      Mails mails, SendMail sendMail, MailServer mailServer, Clock clock, MeterRegistry meters) {
    this.mails = mails;
    this.sendMail = sendMail;
    this.mailServer = mailServer;
    this.clock = clock;
    this.meters = meters;
  }

  /** Runs something each time a worker is free again. */
  public void onFreePlace(Runnable listener) {
    freePlaceListener = listener;
  }

  /**
   * Claims due mails for the free places, when there are enough, and starts their workers. One
   * caller at a time.
   */
  public void handle() {
    int places = mailServer.mostAtOnce(AT_ONCE_MAX);
    int most = places - underWay.size();
    boolean soon = System.nanoTime() - claimedNanos < SOON_NANOS;
    if (most < (soon ? Math.clamp(places, 1, FREE_PLACES_MIN) : 1)) {
      return;
    }
    claimedNanos = System.nanoTime();
    Instant now = clock.instant();
    List<Claim> claims = mails.claim(now, now.plus(LEASE_TIME), most, List.copyOf(underWay));
    for (Claim claim : claims) {
      Mail mail = claim.mail();
      MailStatus.TRANSITIONS.next(claim.before(), MailStatus.Trigger.CLAIMED, mail.status());
      underWay.add(mail.id());
      workers.execute(() -> work(mail));
    }
  }

  /** Tells other processes that the mails under way are still in good hands. */
  public void extendLeases() {
    if (!underWay.isEmpty()) {
      mails.extendLeases(List.copyOf(underWay), clock.instant().plus(LEASE_TIME));
    }
  }

  /** Takes no more mails and waits for those under way. */
  public void finish(Duration longest) throws InterruptedException {
    workers.shutdown();
    if (!workers.awaitTermination(longest.toMillis(), TimeUnit.MILLISECONDS)) {
      log.warn("{} mails were under way at the stop; their leases will run out", underWay.size());
      workers.shutdownNow();
    }
  }

  private void work(Mail mail) {
    try {
      save(mail, attempt(mail));
    } finally {
      underWay.remove(mail.id());
      freePlaceListener.run();
    }
  }

  private SendOutcome attempt(Mail mail) {
    try {
      return sendMail.handle(mail);
    } catch (RuntimeException e) {
      // A bug, or the database: the mail must not be lost for it. The exception's text stays out of
      // the log, for it may quote the mail.
      log.error(
          "mail {} could not be sent: {} at {}",
          mail.id(),
          e.getClass().getName(),
          Arrays.stream(e.getStackTrace()).limit(SHOWN_FRAMES).toList());
      return new SendOutcome.Delayed("unexpected", RetryWait.MAIL_DEFERRED);
    }
  }

  /**
   * Saves what became of the mail. While the database is away the mail is kept and the save tried
   * again: a mail that was handed over must not be handed over twice for that.
   */
  private void save(Mail mail, SendOutcome outcome) {
    Mail.Settlement settlement = mail.settle(outcome, clock.instant());
    while (!workers.isTerminated()) {
      try {
        if (!mails.settle(mail, settlement, clock.instant())) {
          log.warn("mail {} was claimed by another worker meanwhile", mail.id());
        }
        tell(mail, settlement);
        return;
      } catch (DataAccessException e) {
        log.warn("mail {} waits to be settled: {}", mail.id(), e.getClass().getSimpleName());
        LockSupport.parkNanos(SAVE_RETRY_WAIT.toNanos());
        if (Thread.currentThread().isInterrupted()) {
          return;
        }
      }
    }
  }

  private void tell(Mail mail, Mail.Settlement settlement) {
    String template = mail.template().code();
    String status = settlement.status().name().toLowerCase(Locale.ROOT);
    String reason = settlement.reason();
    log.info(
        "mail {} {} for {}: {}{}",
        mail.id(),
        template,
        mail.registrationId() == null ? mail.causeId() : mail.registrationId(),
        status,
        reason == null ? "" : " (" + reason + ")");
    Timer.builder("cpd.mail.attempts")
        .description("from the commit that queued a mail to the end of an attempt to send it")
        .tag("template", template)
        .tag("status", status)
        .publishPercentileHistogram()
        .minimumExpectedValue(Duration.ofMillis(5))
        .maximumExpectedValue(Duration.ofMinutes(10))
        .register(meters)
        .record(Duration.between(mail.queuedAt(), clock.instant()));
  }
}
