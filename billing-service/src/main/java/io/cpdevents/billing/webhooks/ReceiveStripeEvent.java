package io.cpdevents.billing.webhooks;

import io.cpdevents.billing.BillingProblem;
import io.cpdevents.billing.webhooks.StripeEvents.Arrival;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.stripe.StripeSettings;
import io.cpdevents.platform.time.SystemTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Stores an event that Stripe posts, if its signature is Stripe's; only then is the post
 * acknowledged. Events that arrive together are written by group commit: one thread writes the
 * events of all that wait, in one statement and one commit.
 */
@Component
public class ReceiveStripeEvent {

  /**
   * What Stripe has posted.
   *
   * @param signature the header as it came
   */
  public record Command(WebhookEndpoint endpoint, byte[] body, @Nullable String signature) {}

  private static final int MAX_BATCH_EVENTS = 200;

  /** A request that waits until its event is stored. */
  private static final class Waiting {
    private final Arrival arrival;
    private boolean kept;

    Waiting(Arrival arrival) {
      this.arrival = arrival;
    }
  }

  private final StripeSettings settings;
  private final ReadStripeEvent read;
  private final KeepStripeEvents keep;
  private final StripeEventWorker worker;
  private final SystemTime systemTime;
  private final Queue<Waiting> queue = new ConcurrentLinkedQueue<>();
  private final ReentrantLock writing = new ReentrantLock();

  ReceiveStripeEvent(
      StripeSettings settings,
      ReadStripeEvent read,
      KeepStripeEvents keep,
      StripeEventWorker worker,
      SystemTime systemTime) {
    this.settings = settings;
    this.read = read;
    this.keep = keep;
    this.worker = worker;
    this.systemTime = systemTime;
  }

  /**
   * Keeps an event. When this returns it is committed.
   *
   * @throws RuleViolation 404 {@code webhook-disabled}, 400 {@code signature-invalid} or {@code
   *     payload-invalid}
   */
  public void handle(Command command) {
    WebhookEndpoint endpoint = command.endpoint();
    List<String> secrets =
        switch (endpoint) {
          case PLATFORM -> settings.platformSecrets();
          case CONNECT -> settings.connectSecrets();
        };
    if (secrets.isEmpty()) {
      throw BillingProblem.WEBHOOK_DISABLED.violation();
    }
    Instant now = systemTime.now();
    if (!SignatureCheck.isSigned(command.body(), command.signature(), secrets, now)) {
      throw BillingProblem.SIGNATURE_INVALID.violation();
    }
    keepAndWait(
        new Waiting(new Arrival(endpoint, read.posted(endpoint, command.body(), now), now)));
    worker.wake();
  }

  private void keepAndWait(Waiting own) {
    queue.add(own);
    writing.lock();
    try {
      while (!own.kept) {
        writeBatch();
      }
    } finally {
      queue.remove(own);
      writing.unlock();
    }
  }

  /** When it fails, none of the batch is kept: the writer fails, and each other writes again. */
  private void writeBatch() {
    List<Waiting> batch = new ArrayList<>(queue.stream().limit(MAX_BATCH_EVENTS).toList());
    keep.handle(batch.stream().map(waiting -> waiting.arrival).toList());
    for (Waiting waiting : batch) {
      waiting.kept = true;
      queue.remove(waiting);
    }
  }
}
