package io.cpdevents.billing.sound.messaging;

import io.cpdevents.billing.sound.IssueReceipt;
import io.cpdevents.billing.sound.ReceiptQueries;
import io.cpdevents.contracts.registration.RegistrationEvent.RegistrationExpired;
import java.time.Instant;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Maps an event of another service to a command. */
@Component
class RegistrationEventsListener {

  private final IssueReceipt issueReceipt;
  private final ReceiptQueries queries;

  RegistrationEventsListener(IssueReceipt issueReceipt, ReceiptQueries queries) {
    this.issueReceipt = issueReceipt;
    this.queries = queries;
  }

  @KafkaListener
  void on(RegistrationExpired expired) {
    if (queries.isEmpty() || queries.count(expired.registrationId()) == 0) {
      issueReceipt.handle(new IssueReceipt.Command(expired.registrationId(), Instant.MAX));
    }
  }
}
