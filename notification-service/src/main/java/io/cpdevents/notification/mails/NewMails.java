package io.cpdevents.notification.mails;

import io.cpdevents.notification.smtp.MailServer;
import io.cpdevents.platform.time.SystemTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The mails that a transaction queues. They are stored together, by one statement right before its
 * commit, because a batch of events queues many. As many of them as this process has places for are
 * stored as claimed by it, which spares each a second statement, and are sent after the commit.
 */
@Component
class NewMails {

  private final Mails mails;
  private final ClaimedMails claimed;
  private final MailWorkers workers;
  private final MailServer mailServer;
  private final ApplicationEventPublisher announcements;
  private final SystemTime systemTime;

  NewMails(
      Mails mails,
      ClaimedMails claimed,
      MailWorkers workers,
      MailServer mailServer,
      ApplicationEventPublisher announcements,
      SystemTime systemTime) {
    this.mails = mails;
    this.claimed = claimed;
    this.workers = workers;
    this.mailServer = mailServer;
    this.announcements = announcements;
    this.systemTime = systemTime;
  }

  /**
   * Stores the mail with the running transaction, and has it sent as soon as that commits. When
   * there is one for its cause already, nothing happens.
   */
  void add(Mail mail) {
    Gathered gathered = (Gathered) TransactionSynchronizationManager.getResource(this);
    if (gathered == null) {
      gathered = new Gathered();
      TransactionSynchronizationManager.bindResource(this, gathered);
      TransactionSynchronizationManager.registerSynchronization(gathered);
    }
    gathered.queued.add(mail);
  }

  private final class Gathered implements TransactionSynchronization {

    private final List<Mail> queued = new ArrayList<>();
    private final List<Mail> claims = new ArrayList<>();

    @Override
    public void beforeCommit(boolean readOnly) {
      Set<UUID> stored = mails.add(claimSome());
      List<Mail> notStored = claims.stream().filter(mail -> !stored.contains(mail.id())).toList();
      notStored.forEach(claimed::letGo);
      claims.removeAll(notStored);
      if (stored.size() > claims.size()) {
        announcements.publishEvent(new MailsDue());
      }
    }

    /** All of them, the first as claimed: as many as there are places for. */
    private List<Mail> claimSome() {
      int places = claimed.places(mailServer.permitted(SendDueMails.MAX_CLAIMED_MAILS));
      Instant leaseUntil = systemTime.now().plus(ExtendLeases.LEASE_TIME);
      queued.stream().limit(places).map(mail -> mail.claimed(leaseUntil)).forEach(claims::add);
      claims.forEach(mail -> claimed.add(mail, leaseUntil));
      return Stream.concat(claims.stream(), queued.stream().skip(places)).toList();
    }

    @Override
    public void afterCompletion(int status) {
      TransactionSynchronizationManager.unbindResource(NewMails.this);
      if (status == STATUS_COMMITTED) {
        workers.start(claims);
      } else {
        claims.forEach(claimed::letGo);
      }
    }

    @Override
    public void suspend() {
      TransactionSynchronizationManager.unbindResource(NewMails.this);
    }

    @Override
    public void resume() {
      TransactionSynchronizationManager.bindResource(NewMails.this, this);
    }
  }
}
