package io.cpdevents.sandbox.webhooks;

import io.cpdevents.sandbox.api.ApiTransaction;
import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.objects.ObjectViews;
import io.cpdevents.sandbox.objects.StripeJson;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Registers endpoints with a given secret, for a receiver that starts after the sandbox. */
@RestController
@RequestMapping(path = "/_sandbox/webhook-endpoints", produces = MediaType.APPLICATION_JSON_VALUE)
class EndpointLevers {
  private final RegisterEndpoint registerEndpoint;
  private final ObjectViews views;
  private final ApiTransaction transaction;

  EndpointLevers(RegisterEndpoint registerEndpoint, ObjectViews views, ApiTransaction transaction) {
    this.registerEndpoint = registerEndpoint;
    this.views = views;
    this.transaction = transaction;
  }

  /**
   * Body of {@code PUT webhook-endpoints}.
   *
   * @param secret the secret that signs its deliveries
   * @param events the event types it is subscribed to; by default all
   * @param connect whether it gets the events of connected accounts instead of the platform's
   */
  record Registration(
      @Nullable String url,
      @Nullable String secret,
      @Nullable List<String> events,
      @Nullable Boolean connect) {}

  /** Registers an endpoint, or updates the existing one with this URL. */
  @PutMapping
  String register(@RequestBody Registration registration) {
    String url = url(registration);
    String secret = registration.secret();
    if (secret == null || secret.isEmpty()) {
      throw StripeRefusal.missing("secret");
    }
    return StripeJson.write(
        transaction.run(() ->
            views.show(
                registerEndpoint.handle(
                    url,
                    secret,
                    events(registration),
                    Boolean.TRUE.equals(registration.connect())))));
  }

  private static String url(Registration registration) {
    String url = registration.url();
    if (url == null) {
      throw StripeRefusal.missing("url");
    }
    try {
      if (URI.create(url).getHost() != null) {
        return url;
      }
    } catch (IllegalArgumentException _) {
      // Refused below, like an address without a host.
    }
    throw StripeRefusal.invalid("url_invalid", "url", "Not a valid URL");
  }

  private static List<String> events(Registration registration) {
    List<String> events = registration.events();
    if (events == null || events.isEmpty()) {
      return List.of("*");
    }
    for (String type : events) {
      if (!EndpointRoutes.EVENT_TYPES.contains(type)) {
        throw StripeRefusal.invalid(null, "events", type + " is no type of event");
      }
    }
    return events;
  }
}
