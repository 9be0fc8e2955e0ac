package io.cpdevents.sandbox.webhooks;

import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ArrayNode;

/** Whoever listens at this URL gets these events, signed with this secret. */
@Component
class RegisterEndpoint {
  private final StripeObjects objects;
  private final Endpoints endpoints;
  private final MakeEndpoint makeEndpoint;

  RegisterEndpoint(StripeObjects objects, Endpoints endpoints, MakeEndpoint makeEndpoint) {
    this.objects = objects;
    this.endpoints = endpoints;
    this.makeEndpoint = makeEndpoint;
  }

  StripeObject handle(String url, String secret, List<String> events, boolean connect) {
    return endpoints.made().stream()
        .filter(made -> made.is("url", url) && made.innerFlag("connect") == connect)
        .findFirst()
        .map(made -> change(made.id(), secret, events))
        .orElseGet(() -> makeEndpoint.handle(url, secret, events, connect));
  }

  private StripeObject change(String id, String secret, List<String> events) {
    StripeObject endpoint = objects.lockExisting(Endpoints.KIND, id);
    endpoint.inner().put("secret", secret);
    endpoint.body().put("status", "enabled");
    ArrayNode told = endpoint.body().putArray("enabled_events");
    events.forEach(told::add);
    objects.save(endpoint);
    endpoints.changed();
    return endpoint;
  }
}
