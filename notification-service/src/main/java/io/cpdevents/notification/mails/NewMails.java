package io.cpdevents.notification.mails;

import java.util.ArrayList;
import java.util.List;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The mails that a transaction queues. They are stored together, by one statement right before its
 * commit, because a batch of events queues many.
 */
@Component
class NewMails {

  private final Mails mails;
  private final ApplicationEventPublisher announcements;

  NewMails(Mails mails, ApplicationEventPublisher announcements) {
    this.mails = mails;
    this.announcements = announcements;
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
    gathered.together.add(mail);
  }

  private final class Gathered implements TransactionSynchronization {

    private final List<Mail> together = new ArrayList<>();

    @Override
    public void beforeCommit(boolean readOnly) {
      if (mails.add(together) > 0) {
        announcements.publishEvent(new MailsDue());
      }
    }

    @Override
    public void afterCompletion(int status) {
      TransactionSynchronizationManager.unbindResource(NewMails.this);
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
