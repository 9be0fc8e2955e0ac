package io.cpdevents.billing.webhooks;

import io.cpdevents.billing.stripe.StripeSettings;
import io.cpdevents.billing.webhooks.StripeEvents.Arrival;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.time.SystemTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Stripe posts an event: it is kept when it is Stripe's, and then Stripe is told so. In a rush who
 * writes takes along what the others have brought meanwhile, in one statement and one commit.
 */
@Component
public class ReceiveStripeEvent {

  private static final int MAX_BATCH = 200;

  /** Somebody who waits until an event is kept. */
  private static final class Waiting {
    private final Arrival arrival;
    private boolean kept;

    Waiting(Arrival arrival) {
      this.arrival = arrival;
    }
  }

  private final StripeSettings settings;
  private final StripeEventReader reader;
  private final StripeEvents events;
  private final ApplySignal signal;
  private final SystemTime systemTime;
  private final Queue<Waiting> queue = new ConcurrentLinkedQueue<>();
  private final ReentrantLock writing = new ReentrantLock();

  ReceiveStripeEvent(
      StripeSettings settings,
      StripeEventReader reader,
      StripeEvents events,
      ApplySignal signal,
      SystemTime systemTime) {
    this.settings = settings;
    this.reader = reader;
    this.events = events;
    this.signal = signal;
    this.systemTime = systemTime;
  }

  /**
   * Keeps an event. When this returns it is committed.
   *
   * @param signature the header as it came
   * @throws RuleViolation 404 {@code webhook-disabled}, 400 {@code signature-invalid} or {@code
   *     payload-invalid}
   */
  public void handle(WebhookEndpoint endpoint, byte[] body, @Nullable String signature) {
    List<String> secrets =
        switch (endpoint) {
          case PLATFORM -> settings.platformSecrets();
          case CONNECT -> settings.connectSecrets();
        };
    if (secrets.isEmpty()) {
      throw RuleViolation.notFound("webhook-disabled");
    }
    if (!SignatureCheck.isSigned(body, signature, secrets, systemTime.now())) {
      throw RuleViolation.badRequest("signature-invalid", "Stripe has not signed this.");
    }
    keep(new Waiting(new Arrival(endpoint, reader.read(body), systemTime.now())));
    signal.wake();
  }

  private void keep(Waiting own) {
    queue.add(own);
    writing.lock();
    try {
      while (!own.kept) {
        write();
      }
    } finally {
      queue.remove(own);
      writing.unlock();
    }
  }

  /** If it fails nobody's event is kept: the writer says so, and each other writes its own. */
  private void write() {
    List<Waiting> batch = new ArrayList<>(queue.stream().limit(MAX_BATCH).toList());
    events.insert(batch.stream().map(waiting -> waiting.arrival).toList());
    for (Waiting waiting : batch) {
      waiting.kept = true;
      queue.remove(waiting);
    }
  }
}
