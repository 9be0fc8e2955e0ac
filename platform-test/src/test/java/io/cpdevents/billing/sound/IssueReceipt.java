package io.cpdevents.billing.sound;

import io.cpdevents.contracts.billing.PaymentEvent.PaymentCaptured;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A use case: one thing, one transaction, its own words. */
@Component
public class IssueReceipt {

  private final Receipts receipts;
  private final ReceiptNumbers numbers;
  private final Clock clock;

  IssueReceipt(Receipts receipts, ReceiptNumbers numbers, Clock clock) {
    this.receipts = receipts;
    this.numbers = numbers;
    this.clock = clock;
  }

  /** What it is asked for. */
  public record Command(UUID registrationId, Instant since) {}

  /** A service may speak of its own events. */
  @Transactional
  public Class<PaymentCaptured> handle(Command command) {
    Receipt receipt = new Receipt(command.registrationId(), Instant.now(clock));
    if (!receipt.isOlderThan(command.since())) {
      numbers.next();
      receipts.add(receipt);
    }
    return PaymentCaptured.class;
  }
}
