package io.cpdevents.billing.broken;

import jakarta.validation.constraints.NotEmpty;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Controller;

/** Wrong in every way that a class without a request can be. */
@Controller
final class PaymentHelper {

  static final int BATCH_ROWS = 10;
  static final int MAX_TEXT_LENGTH = 20;

  double price;

  @NotEmpty List<String> lines = List.of();

  @Autowired Producer<String, String> producer;

  PaymentHelper(Producer<String, String> producer, double price) {
    this.producer = producer;
    this.price = price;
  }

  Instant now() {
    return Instant.now();
  }

  Supplier<Instant> source() {
    return Instant::now;
  }

  Instant nowByTheClock(Clock clock) {
    return Instant.now(clock);
  }
}
