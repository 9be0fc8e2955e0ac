package io.cpdevents.notification.mails;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;

import io.cpdevents.notification.profiles.Recipient;
import io.cpdevents.notification.writing.ContentSource;
import io.cpdevents.notification.writing.Draft;
import io.cpdevents.notification.writing.MailKinds;
import io.cpdevents.notification.writing.MailWriter;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Workers that send claimed mails. What was claimed together is asked for together, of each source
 * at the same time as of the others; then each mail is written and handed over by a worker of its
 * own, so that none waits for another.
 */
@Component
class MailWorkers {

  private static final Logger log = LoggerFactory.getLogger(MailWorkers.class);
  private static final int MAX_LOGGED_FRAMES = 6;

  /**
   * A mail that can be sent.
   *
   * @param recipient who gets it; null when the profile is not known yet
   */
  private record Sendable(Mail mail, Draft<?, ?> draft, @Nullable Recipient recipient) {}

  private final ClaimedMails claimed;
  private final MailKinds kinds;
  private final Recipients recipients;
  private final MailWriter writer;
  private final SendMail sendMail;
  private final MailMetrics metrics;
  private final Clock clock;
  private final ExecutorService workers =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("mail-", 0).factory());

  MailWorkers(
      ClaimedMails claimed,
      MailKinds kinds,
      Recipients recipients,
      MailWriter writer,
      SendMail sendMail,
      MailMetrics metrics,
      Clock clock) {
    this.claimed = claimed;
    this.kinds = kinds;
    this.recipients = recipients;
    this.writer = writer;
    this.sendMail = sendMail;
    this.metrics = metrics;
    this.clock = clock;
  }

  /** Sends these; returns at once. */
  void start(List<Mail> mails) {
    if (!mails.isEmpty()) {
      inWorker(mails, this::prepare);
    }
  }

  /** Ends all that is under way. */
  void stop() {
    workers.shutdownNow();
  }

  private void prepare(Queue<Mail> left) {
    Map<UUID, Recipient> recipientsByMail = recipients.of(left);
    List<Sendable> sendable = new ArrayList<>();
    for (Mail mail : List.copyOf(left)) {
      Draft<?, ?> draft = kinds.draft(mail.subject()).orElse(null);
      if (mail.isExpired(clock.instant())) {
        end(left, mail, new SendOutcome.Withdrawn("expired"));
      } else if (draft == null) {
        metrics.unknown(mail);
        end(left, mail, new SendOutcome.Delayed("unknown-mail", RetryWait.MAIL_DEFERRED));
      } else {
        sendable.add(new Sendable(mail, draft, recipientsByMail.get(mail.id())));
      }
    }
    sendable.stream()
        .collect(groupingBy(each -> each.draft().source()))
        .forEach((source, some) ->
            parts(some, source.maxIdsPerCall()).forEach(part -> ask(left, source, part)));
  }

  /** Has a worker ask about these in one call; from then on they are that worker's. */
  private void ask(Queue<Mail> left, ContentSource<?> source, List<Sendable> together) {
    Set<UUID> ids = together.stream().map(each -> each.draft().contentId()).collect(toSet());
    handOn(
        left,
        together,
        theirs ->
            writer
                .ask(source, ids)
                .ifPresentOrElse(
                    told -> together.forEach(each -> send(theirs, each, told)),
                    () -> notTold(theirs, source, together)));
  }

  /** When one cannot be told about, the others need not wait for it: each is asked for alone. */
  private void notTold(Queue<Mail> left, ContentSource<?> source, List<Sendable> together) {
    if (together.size() > 1) {
      together.forEach(each -> ask(left, source, List.of(each)));
    } else {
      String reason = source.owner() + "-away";
      endAll(left, new SendOutcome.Delayed(reason, RetryWait.CONTENT_AWAY));
    }
  }

  private void send(Queue<Mail> left, Sendable sendable, Map<UUID, ?> told) {
    Mail mail = sendable.mail();
    SendMail.Command command =
        new SendMail.Command(
            mail.id(),
            mail.accountId(),
            sendable.draft(),
            told,
            sendable.recipient(),
            () -> claimed.isLeased(mail));
    handOn(left, List.of(sendable), its -> end(its, mail, sendMail.handle(command)));
  }

  private void handOn(Queue<Mail> left, List<Sendable> some, Consumer<Queue<Mail>> task) {
    List<Mail> mails = some.stream().map(Sendable::mail).toList();
    inWorker(mails, task);
    left.removeAll(mails);
  }

  /**
   * A worker for these mails: it ends each, or hands it on to another worker. If it can do neither,
   * it lets go of it.
   */
  private void inWorker(List<Mail> mails, Consumer<Queue<Mail>> task) {
    Queue<Mail> left = new ArrayDeque<>(mails);
    workers.execute(() -> {
      try {
        task.accept(left);
      } catch (DataAccessException e) {
        log.warn("mails wait for the database: {}", e.getClass().getSimpleName());
        endAll(left, new SendOutcome.Delayed("database-away", RetryWait.CONTENT_AWAY));
      } catch (RuntimeException e) {
        logDefect(left, e);
        endAll(left, new SendOutcome.Delayed("unexpected", RetryWait.MAIL_DEFERRED));
      } finally {
        left.forEach(claimed::letGo);
      }
    });
  }

  private void endAll(Queue<Mail> left, SendOutcome outcome) {
    List.copyOf(left).forEach(mail -> end(left, mail, outcome));
  }

  private void end(Queue<Mail> left, Mail mail, SendOutcome outcome) {
    end(left, mail, SendMail.Result.of(outcome));
  }

  private void end(Queue<Mail> left, Mail mail, SendMail.Result result) {
    claimed.end(mail, result);
    left.remove(mail);
  }

  /** The exception's text stays out of the log, because it may quote the mail. */
  private static void logDefect(Collection<Mail> mails, RuntimeException defect) {
    log.error(
        "mails {} could not be sent: {} at {}",
        mails.stream().map(Mail::id).toList(),
        defect.getClass().getName(),
        Arrays.stream(defect.getStackTrace()).limit(MAX_LOGGED_FRAMES).toList());
  }

  private static <T> List<List<T>> parts(List<T> all, int maxSize) {
    List<List<T>> parts = new ArrayList<>();
    for (int from = 0; from < all.size(); from += maxSize) {
      parts.add(all.subList(from, Math.min(from + maxSize, all.size())));
    }
    return parts;
  }
}
