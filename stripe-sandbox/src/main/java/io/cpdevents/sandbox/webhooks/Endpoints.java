package io.cpdevents.sandbox.webhooks;

import io.cpdevents.sandbox.SandboxSettings;
import io.cpdevents.sandbox.api.StripeAccounts;
import io.cpdevents.sandbox.objects.ObjectQuery;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The endpoints to which events are delivered: those of the environment and those that were created
 * since. Every event needs them, so they are cached in memory until one of them changes.
 */
@Component
public class Endpoints {
  static final String KIND = "webhook_endpoint";

  /** Stripe's limit for an account. */
  static final int MAX_ENDPOINTS = 16;

  private final StripeObjects objects;
  private final List<Endpoint> ofEnvironment;
  private final AtomicReference<Cached> cached = new AtomicReference<>(new Cached(null));

  /**
   * The cached endpoints; null when they must be read. Every change replaces the record, so that a
   * concurrent read cannot restore an outdated value.
   */
  private record Cached(@Nullable List<Endpoint> endpoints) {}

  Endpoints(StripeObjects objects, SandboxSettings settings) {
    this.objects = objects;
    this.ofEnvironment = ofEnvironment(settings);
  }

  private static List<Endpoint> ofEnvironment(SandboxSettings settings) {
    List<Endpoint> endpoints = new ArrayList<>();
    if (!settings.webhookUrl().isEmpty()) {
      endpoints.add(
          new Endpoint(
              "platform",
              settings.webhookUrl(),
              settings.webhookSecret(),
              false,
              settings.webhookEvents()));
    }
    if (!settings.connectWebhookUrl().isEmpty()) {
      endpoints.add(
          new Endpoint(
              "connect",
              settings.connectWebhookUrl(),
              settings.connectWebhookSecret(),
              true,
              settings.webhookEvents()));
    }
    return List.copyOf(endpoints);
  }

  /** The endpoints that are enabled and subscribed to this type of event. */
  List<Endpoint> wanting(String account, String type) {
    return enabled().stream().filter(endpoint -> endpoint.wants(account, type)).toList();
  }

  /** The endpoint, if it is still enabled. */
  Optional<Endpoint> find(String id) {
    return enabled().stream().filter(endpoint -> endpoint.id().equals(id)).findFirst();
  }

  private List<Endpoint> enabled() {
    Cached before = cached.get();
    List<Endpoint> known = before.endpoints();
    if (known != null) {
      return known;
    }
    List<Endpoint> read = new ArrayList<>(ofEnvironment);
    objects.written(StripeAccounts.PLATFORM, KIND).stream()
        .filter(endpoint -> endpoint.is("status", "enabled"))
        .map(Endpoints::read)
        .forEach(read::add);
    cached.compareAndSet(before, new Cached(List.copyOf(read)));
    return read;
  }

  private static Endpoint read(StripeObject endpoint) {
    List<String> events = new ArrayList<>();
    endpoint.body().get("enabled_events").forEach(type -> events.add(type.asString()));
    return new Endpoint(
        endpoint.id(),
        endpoint.requiredText("url"),
        String.valueOf(endpoint.innerText("secret")),
        endpoint.innerFlag("connect"),
        events);
  }

  /** All endpoints that were created, enabled or not. */
  List<StripeObject> created() {
    return objects.list(ObjectQuery.of(StripeAccounts.PLATFORM, KIND), null, null, MAX_ENDPOINTS);
  }

  /** Empties the cache when the transaction commits; must be called in that of every change. */
  public void changed() {
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            cached.set(new Cached(null));
          }
        });
  }
}
