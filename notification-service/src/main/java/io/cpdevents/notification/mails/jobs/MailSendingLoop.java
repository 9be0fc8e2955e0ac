package io.cpdevents.notification.mails.jobs;

import io.cpdevents.notification.mails.AttemptEnded;
import io.cpdevents.notification.mails.ExtendLeases;
import io.cpdevents.notification.mails.FinishSendingMails;
import io.cpdevents.notification.mails.MailsDue;
import io.cpdevents.notification.mails.SendDueMails;
import io.cpdevents.notification.smtp.MailServer;
import io.cpdevents.platform.jobs.BatchPacing;
import io.cpdevents.platform.jobs.WorkLoop;
import java.time.Duration;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Sends mails as they become due: woken by the commit that queued one, by each attempt that ends
 * and by the mail server's return. A beat each second extends the leases of the claimed mails and
 * finds what nobody was woken for: retries, and mails of a process that died.
 */
@Component
class MailSendingLoop implements SmartLifecycle {

  /** What is queued and what ends meanwhile is one transaction and one call for contents. */
  private static final BatchPacing PACING =
      new BatchPacing(Duration.ofMillis(20), Duration.ofMillis(100));

  private static final Duration MAX_STOP_TIME = Duration.ofSeconds(10);

  private final SendDueMails sendDueMails;
  private final FinishSendingMails finishSendingMails;
  private final ExtendLeases extendLeases;
  private final WorkLoop loop;
  private long nextBeatNanos = System.nanoTime();

  MailSendingLoop(
      SendDueMails sendDueMails,
      FinishSendingMails finishSendingMails,
      ExtendLeases extendLeases,
      MailServer mailServer) {
    this.sendDueMails = sendDueMails;
    this.finishSendingMails = finishSendingMails;
    this.extendLeases = extendLeases;
    this.loop = new WorkLoop("mail-sending", ExtendLeases.BEAT, PACING, this::round);
    mailServer.onReturn(loop::wake);
  }

  @TransactionalEventListener(phase = TransactionPhase.AFTER_COMMIT)
  void on(MailsDue due) {
    loop.wake();
  }

  @EventListener
  void on(AttemptEnded end) {
    loop.wake();
  }

  @Override
  public void start() {
    loop.start();
  }

  @Override
  public void stop() {
    try {
      loop.stop(MAX_STOP_TIME);
      finishSendingMails.handle(MAX_STOP_TIME);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public int getPhase() {
    return WorkLoop.PHASE;
  }

  @Override
  public boolean isRunning() {
    return loop.isRunning();
  }

  /** One round; the end of an attempt wakes the next, so there is never more to do at once. */
  private boolean round() {
    long nowNanos = System.nanoTime();
    if (nowNanos - nextBeatNanos >= 0) {
      extendLeases.handle();
      nextBeatNanos = nowNanos + ExtendLeases.BEAT.toNanos();
    }
    sendDueMails.handle();
    return false;
  }
}
