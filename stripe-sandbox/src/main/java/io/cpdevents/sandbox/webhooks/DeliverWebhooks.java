package io.cpdevents.sandbox.webhooks;

import com.stripe.net.Webhook;
import io.cpdevents.sandbox.SandboxSettings;
import io.cpdevents.sandbox.objects.StripeJson;
import io.cpdevents.sandbox.webhooks.Deliveries.Delivery;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Posts events to their endpoints, signed by Stripe's own library with the machine's time.
 * Deliveries run concurrently and in no order. One that is not answered with 2xx is retried with
 * back-off.
 */
@Component
public class DeliverWebhooks implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(DeliverWebhooks.class);
  private static final int MAX_CONCURRENT_DELIVERIES = 32;
  private static final Duration MAX_CONNECT_TIME = Duration.ofSeconds(2);
  private static final Duration MAX_ANSWER_TIME = Duration.ofSeconds(10);
  private static final Duration LEASE = Duration.ofSeconds(30);
  private static final Duration POLL_INTERVAL = Duration.ofMillis(100);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);
  private static final Duration MAX_RETRY_WAIT_TIME = Duration.ofSeconds(30);
  private static final Duration MAX_RETRY_TIME = Duration.ofDays(3);
  private static final Duration MAX_STOP_TIME = Duration.ofSeconds(5);

  /** The status that is recorded when there was no answer. */
  private static final int NO_ANSWER = 0;

  private final Deliveries deliveries;
  private final Endpoints endpoints;
  private final DeliverySignal signal;
  private final SandboxSettings settings;
  private final Clock machine;
  private final Semaphore inFlight = new Semaphore(MAX_CONCURRENT_DELIVERIES);
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(MAX_CONNECT_TIME)
          .build();
  private volatile @Nullable Thread loop;

  DeliverWebhooks(
      Deliveries deliveries,
      Endpoints endpoints,
      DeliverySignal signal,
      SandboxSettings settings,
      Clock machine) {
    this.deliveries = deliveries;
    this.endpoints = endpoints;
    this.signal = signal;
    this.settings = settings;
    this.machine = machine;
  }

  @Override
  public void start() {
    deliveries.endLeases();
    loop = Thread.ofVirtual().name("webhooks").start(this::runUntilStopped);
  }

  private void runUntilStopped() {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        if (!startDue()) {
          signal.await(POLL_INTERVAL);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (RuntimeException e) {
        // The database may not answer for a while; the deliveries in it are not lost.
        LOG.warn("Deliveries cannot be read: {}", e.toString());
        pause();
      }
    }
  }

  /** Starts as many due deliveries as may be in flight; true when there may be more. */
  private boolean startDue() throws InterruptedException {
    inFlight.acquire();
    int room = 1 + inFlight.drainPermits();
    List<Delivery> due;
    try {
      due = deliveries.lease(room, LEASE);
    } catch (RuntimeException e) {
      inFlight.release(room);
      throw e;
    }
    inFlight.release(room - due.size());
    for (Delivery delivery : due) {
      Thread.ofVirtual().name("webhook-" + delivery.id()).start(() -> deliver(delivery));
    }
    return due.size() == room;
  }

  private void deliver(Delivery delivery) {
    try {
      Endpoint endpoint = endpoints.find(delivery.endpoint()).orElse(null);
      if (endpoint == null) {
        deliveries.dropped(delivery.id());
        return;
      }
      int status = post(delivery, endpoint);
      if (status >= 200 && status < 300) {
        deliveries.succeeded(delivery.id(), status);
      } else if (machine.instant().isAfter(delivery.createdAt().plus(MAX_RETRY_TIME))) {
        deliveries.failed(delivery.id(), status);
      } else {
        deliveries.retry(delivery.id(), status, pauseAfter(delivery.attempts()));
      }
    } catch (RuntimeException e) {
      // When its lease ends it is posted again: at-least-once delivery, as at Stripe.
      LOG.warn("The outcome of delivery {} is not recorded: {}", delivery.id(), e.toString());
    } finally {
      inFlight.release();
    }
  }

  /** Exponential back-off: 1 s, 2 s, 4 s ... up to 30 s with the default first pause. */
  private Duration pauseAfter(int attempts) {
    int doublings = Math.min(attempts - 1, 20);
    long pauseMs = settings.webhookFirstRetryMs() << doublings;
    return Duration.ofMillis(Math.min(pauseMs, MAX_RETRY_WAIT_TIME.toMillis()));
  }

  private int post(Delivery delivery, Endpoint endpoint) {
    String payload = StripeJson.write(StripeJson.readObject(delivery.eventJson()));
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(endpoint.url()))
              .timeout(MAX_ANSWER_TIME)
              .header("Content-Type", "application/json; charset=utf-8")
              .header("User-Agent", "Stripe/1.0 (+https://stripe.com/docs/webhooks)")
              .header(
                  "Stripe-Signature",
                  Webhook.Signature.generateSignatureHeader(payload, endpoint.secret()))
              .POST(HttpRequest.BodyPublishers.ofString(payload, StandardCharsets.UTF_8))
              .build();
      return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      LOG.debug("No answer from {}: {}", endpoint.url(), e.toString());
      return NO_ANSWER;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return NO_ANSWER;
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_AFTER_FAILURE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void stop() {
    Thread running = loop;
    if (running == null) {
      return;
    }
    loop = null;
    running.interrupt();
    try {
      running.join(MAX_STOP_TIME);
      // Deliveries in flight get time to record their outcome.
      if (inFlight.tryAcquire(
          MAX_CONCURRENT_DELIVERIES, MAX_STOP_TIME.toMillis(), TimeUnit.MILLISECONDS)) {
        inFlight.release(MAX_CONCURRENT_DELIVERIES);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return loop != null;
  }
}
