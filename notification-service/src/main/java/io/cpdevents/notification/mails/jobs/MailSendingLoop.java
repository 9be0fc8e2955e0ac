package io.cpdevents.notification.mails.jobs;

import io.cpdevents.notification.mails.MailsDue;
import io.cpdevents.notification.mails.SendDueMails;
import io.cpdevents.notification.smtp.MailServer;
import io.cpdevents.platform.jobs.Pace;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Sends mails as they become due: woken by the commit that queued one, by each attempt that ends
 * and by the mail server's return. A beat each second extends the leases of the mails under way and
 * finds what nobody was woken for: retries, and mails of a process that died.
 */
@Component
class MailSendingLoop implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(MailSendingLoop.class);

  /** What is queued and what ends meanwhile is one transaction and one call for contents. */
  private static final Pace PACE = new Pace(Duration.ofMillis(20), Duration.ofMillis(100));

  private static final Duration STOP_TIME = Duration.ofSeconds(10);

  private final SendDueMails sendDueMails;
  private final Semaphore wakeUps = new Semaphore(0);
  private @Nullable Thread loop;
  private volatile boolean running;

  MailSendingLoop(SendDueMails sendDueMails, MailServer mailServer) {
    this.sendDueMails = sendDueMails;
    mailServer.onReturn(this::wake);
    sendDueMails.onEnd(this::wake);
  }

  @TransactionalEventListener(phase = TransactionPhase.AFTER_COMMIT)
  void on(MailsDue due) {
    wake();
  }

  @Override
  public synchronized void start() {
    running = true;
    loop = Thread.ofVirtual().name("mail-sending").start(this::run);
  }

  @Override
  public synchronized void stop() {
    running = false;
    wake();
    try {
      if (loop != null) {
        loop.join(STOP_TIME);
      }
      sendDueMails.finish(STOP_TIME);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  private void wake() {
    wakeUps.release();
  }

  private void run() {
    long nextBeatNanos = System.nanoTime();
    while (running) {
      long roundNanos = System.nanoTime();
      if (roundNanos >= nextBeatNanos) {
        nextBeatNanos = roundNanos + SendDueMails.BEAT.toNanos();
        survive(sendDueMails::extendLeases);
      }
      wakeUps.drainPermits();
      survive(sendDueMails::handle);
      PACE.rest(roundNanos);
      await(nextBeatNanos - System.nanoTime());
    }
  }

  private void await(long nanosMax) {
    try {
      boolean woken = wakeUps.tryAcquire(nanosMax, TimeUnit.NANOSECONDS);
      log.trace("woken: {}", woken);
    } catch (InterruptedException e) {
      running = false;
    }
  }

  /** Whatever fails is met again at the next beat: without this loop no mail is sent. */
  private static void survive(Runnable step) {
    try {
      step.run();
    } catch (DataAccessException | TransactionException e) {
      log.warn("mails wait for the database: {}", e.getClass().getSimpleName());
    } catch (RuntimeException e) {
      log.error("the mail loop met a bug and goes on", e);
    }
  }
}
