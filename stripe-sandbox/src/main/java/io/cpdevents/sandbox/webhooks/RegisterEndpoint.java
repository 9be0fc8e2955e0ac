package io.cpdevents.sandbox.webhooks;

import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ArrayNode;

/** Registers an endpoint with a given secret, or updates the one with the same URL. */
@Component
class RegisterEndpoint {
  private final StripeObjects objects;
  private final Endpoints endpoints;
  private final CreateEndpoint createEndpoint;

  RegisterEndpoint(StripeObjects objects, Endpoints endpoints, CreateEndpoint createEndpoint) {
    this.objects = objects;
    this.endpoints = endpoints;
    this.createEndpoint = createEndpoint;
  }

  StripeObject handle(String url, String secret, List<String> events, boolean connect) {
    return endpoints.created().stream()
        .filter(existing -> existing.is("url", url) && existing.innerFlag("connect") == connect)
        .findFirst()
        .map(existing -> change(existing.id(), secret, events))
        .orElseGet(() -> createEndpoint.handle(url, secret, events, connect));
  }

  private StripeObject change(String id, String secret, List<String> events) {
    StripeObject endpoint = objects.lockExisting(Endpoints.KIND, id);
    endpoint.inner().put("secret", secret);
    endpoint.body().put("status", "enabled");
    ArrayNode enabledEvents = endpoint.body().putArray("enabled_events");
    events.forEach(enabledEvents::add);
    objects.save(endpoint);
    endpoints.changed();
    return endpoint;
  }
}
