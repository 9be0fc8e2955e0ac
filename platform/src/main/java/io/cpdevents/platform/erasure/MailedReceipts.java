package io.cpdevents.platform.erasure;

import io.cpdevents.contracts.erasure.ErasureAnswerEvent.ErasureReceiptMailed;
import io.cpdevents.platform.messaging.Outbox;
import java.time.Instant;
import java.util.UUID;

/** Tells accounts-service that the last mail to a person is settled. */
public final class MailedReceipts {

  private final Outbox outbox;

  MailedReceipts(Outbox outbox) {
    this.outbox = outbox;
  }

  /**
   * Tells it in the running transaction.
   *
   * @param service that mails, by its short name
   */
  public void tell(UUID accountId, UUID erasureId, String service, Instant settledAt) {
    outbox.append(new ErasureReceiptMailed(accountId, erasureId, service, settledAt));
  }
}
