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
 * Posts events to their endpoints, signed by Stripe's own code with the machine's time: one post
 * for each delivery, many at once and in no order, again with growing pauses until it is answered
 * with 2xx.
 */
@Component
public class DeliverWebhooks implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(DeliverWebhooks.class);
  private static final int MAX_IN_FLIGHT = 32;
  private static final Duration MAX_CONNECT = Duration.ofSeconds(2);
  private static final Duration MAX_ANSWER = Duration.ofSeconds(10);
  private static final Duration LEASE = Duration.ofSeconds(30);
  private static final Duration SWEEP = Duration.ofMillis(100);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);
  private static final Duration MAX_RETRY_PAUSE = Duration.ofSeconds(30);
  private static final Duration GIVE_UP = Duration.ofDays(3);
  private static final Duration MAX_STOP = Duration.ofSeconds(5);

  /** The status that is recorded when there was no answer. */
  private static final int NO_ANSWER = 0;

  private final Deliveries deliveries;
  private final Endpoints endpoints;
  private final DeliverySignal signal;
  private final SandboxSettings settings;
  private final Clock machine;
  private final Semaphore inFlight = new Semaphore(MAX_IN_FLIGHT);
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(MAX_CONNECT)
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
          signal.await(SWEEP);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (RuntimeException e) {
        // The database may be away for a while; the deliveries are in it and wait.
        LOG.warn("Deliveries cannot be read: {}", e.toString());
        pause();
      }
    }
  }

  /** Starts what is due and there is room for; whether there may be more. */
  private boolean startDue() throws InterruptedException {
    inFlight.acquire();
    int room = 1 + inFlight.drainPermits();
    List<Delivery> due;
    try {
      due = deliveries.take(room, LEASE);
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
      } else if (machine.instant().isAfter(delivery.createdAt().plus(GIVE_UP))) {
        deliveries.failed(delivery.id(), status);
      } else {
        deliveries.tryAgain(delivery.id(), status, pauseAfter(delivery.attempts()));
      }
    } catch (RuntimeException e) {
      // Its lease ends by itself and it is posted again: at least once, as with Stripe.
      LOG.warn("The outcome of delivery {} is not recorded: {}", delivery.id(), e.toString());
    } finally {
      inFlight.release();
    }
  }

  /** 1 s, 2 s, 4 s ... up to 30 s, unless the first pause is set otherwise. */
  private Duration pauseAfter(int attempts) {
    int doublings = Math.min(attempts - 1, 20);
    long pauseMs = settings.webhookFirstRetryMs() << doublings;
    return Duration.ofMillis(Math.min(pauseMs, MAX_RETRY_PAUSE.toMillis()));
  }

  private int post(Delivery delivery, Endpoint endpoint) {
    String payload = StripeJson.write(StripeJson.readObject(delivery.eventJson()));
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(endpoint.url()))
              .timeout(MAX_ANSWER)
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
      running.join(MAX_STOP);
      // What is under way is given time to record its outcome.
      if (inFlight.tryAcquire(MAX_IN_FLIGHT, MAX_STOP.toMillis(), TimeUnit.MILLISECONDS)) {
        inFlight.release(MAX_IN_FLIGHT);
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
