package io.cpdevents.notification.mails;

import io.cpdevents.notification.mails.MailStatus.Trigger;
import io.cpdevents.notification.mails.Mails.Claim;
import io.cpdevents.notification.smtp.MailServer;
import io.cpdevents.platform.sql.DatabaseFailures;
import io.cpdevents.platform.time.SystemTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
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

  private final Mails mails;
  private final QueueMail queueMail;
  private final ClaimedMails claimed;
  private final MailWorkers workers;
  private final MailServer mailServer;
  private final MailMetrics metrics;
  private final TransactionTemplate transaction;
  private final SystemTime systemTime;

  SendDueMails(
      Mails mails,
      QueueMail queueMail,
      ClaimedMails claimed,
      MailWorkers workers,
      MailServer mailServer,
      MailMetrics metrics,
      TransactionTemplate transaction,
      SystemTime systemTime) {
    this.mails = mails;
    this.queueMail = queueMail;
    this.claimed = claimed;
    this.workers = workers;
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

  /**
   * What one transaction did.
   *
   * @param saved mails after an attempt to send them, by id
   */
  private record Round(Map<UUID, Mail> saved, List<Mail> claims) {}

  /** Synchronized, because the stop may come while the loop is still in a round. */
  synchronized void saveAndClaim(int maxClaimed) {
    List<Attempt> ended = claimed.ended();
    List<QueueMail.Command> others = ended.stream().flatMap(Attempt::others).toList();
    try {
      round(ended, others, maxClaimed);
    } catch (RuntimeException failure) {
      if (ended.isEmpty() || DatabaseFailures.isPassing(failure)) {
        throw failure;
      }
      log.error("mails could not be saved together, so each is saved alone", failure);
      ended.forEach(this::saveAlone);
      round(List.of(), List.of(), maxClaimed);
    }
  }

  /**
   * Saves what became of one mail. A defect of the mails to others keeps neither this mail nor the
   * next ones back: those mails are lost, which is counted. One that cannot be saved at all is
   * tried again in the next round.
   */
  private void saveAlone(Attempt attempt) {
    List<QueueMail.Command> others = attempt.others().toList();
    if (!saves(attempt, others) && !others.isEmpty() && saves(attempt, List.of())) {
      metrics.lost(attempt.claimed(), others.size());
    }
  }

  /** Saves one mail with these to others; false, with a line in the log, when a defect stops it. */
  private boolean saves(Attempt attempt, List<QueueMail.Command> others) {
    try {
      round(List.of(attempt), others, 0);
      return true;
    } catch (RuntimeException failure) {
      if (DatabaseFailures.isPassing(failure)) {
        throw failure;
      }
      log.error("mail {} could not be saved with those to others", attempt.claimed().id(), failure);
      return false;
    }
  }

  /** Does all of it in one transaction, or nothing. */
  private void round(List<Attempt> ended, List<QueueMail.Command> others, int maxClaimed) {
    Set<UUID> kept = claimed.idsWithout(ended);
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
              Map<UUID, Mail> saved = ended.isEmpty() ? Map.of() : save(ended, now);
              others.forEach(queueMail::handle);
              return new Round(saved, claim(now, leaseUntil, places, kept));
            }));
    ended.forEach(attempt -> forget(attempt, round.saved().get(attempt.claimed().id())));
    round.claims().forEach(mail -> claimed.add(mail, leaseUntil));
    workers.start(round.claims());
  }

  /** Saves those that no other worker has claimed since; answers them as they are now. */
  private Map<UUID, Mail> save(List<Attempt> ended, Instant now) {
    Set<UUID> own = mails.lockOwn(ended.stream().map(Attempt::claimed).toList());
    Map<UUID, Mail> after =
        ended.stream()
            .filter(attempt -> own.contains(attempt.claimed().id()))
            .map(attempt -> attempt.after(now))
            .collect(Collectors.toMap(Mail::id, Function.identity()));
    mails.save(List.copyOf(after.values()), now);
    return after;
  }

  private List<Mail> claim(Instant now, Instant leaseUntil, int places, Set<UUID> kept) {
    List<Claim> claims =
        places == 0 ? List.of() : mails.claim(MailStatus.SENDING, now, leaseUntil, places, kept);
    claims.forEach(claim ->
        MailStatus.TRANSITIONS.next(claim.before(), Trigger.CLAIMED, claim.mail().status()));
    return claims.stream().map(Claim::mail).toList();
  }

  private void forget(Attempt attempt, @Nullable Mail saved) {
    claimed.forget(attempt);
    if (saved != null) {
      metrics.attempted(saved, attempt.endedAt());
    } else {
      log.warn("mail {} was claimed by another worker meanwhile", attempt.claimed().id());
    }
  }
}
