package io.cpdevents.billing.sound;

import java.util.concurrent.atomic.AtomicLong;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Takes part in the transaction of others, and begins none. */
@Component
public class ReceiptNumbers {

  private final AtomicLong last = new AtomicLong();

  /** The next number. */
  @Transactional(propagation = Propagation.MANDATORY)
  public long next() {
    return last.incrementAndGet();
  }
}
