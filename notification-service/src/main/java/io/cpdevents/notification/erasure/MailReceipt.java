package io.cpdevents.notification.erasure;

import io.cpdevents.notification.mails.QueueMail;
import java.time.Clock;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The person gets the receipt of their erasure, by the last mail. */
@Component
public class MailReceipt {

  private final QueueMail queueMail;
  private final ErasureReceipts receipts;
  private final Clock clock;

  MailReceipt(QueueMail queueMail, ErasureReceipts receipts, Clock clock) {
    this.queueMail = queueMail;
    this.receipts = receipts;
    this.clock = clock;
  }

  /** Queues the mail; asked twice: one mail. */
  @Transactional
  public void handle(UUID erasureId, UUID accountId) {
    receipts.add(erasureId, accountId, clock.instant());
    queueMail.handle(
        new QueueMail.Command(erasureId, accountId, new ErasureReceipt.Subject(erasureId)));
  }
}
