package io.cpdevents.sandbox.webhooks;

import io.cpdevents.sandbox.api.StripeAccounts;
import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.objects.StripeIds;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import io.cpdevents.sandbox.time.SandboxClock;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ArrayNode;

/** Creates a webhook endpoint. */
@Component
class CreateEndpoint {
  private final StripeObjects objects;
  private final Endpoints endpoints;
  private final SandboxClock clock;

  CreateEndpoint(StripeObjects objects, Endpoints endpoints, SandboxClock clock) {
    this.objects = objects;
    this.endpoints = endpoints;
    this.clock = clock;
  }

  static String newSecret() {
    return StripeIds.next("whsec");
  }

  StripeObject handle(String url, String secret, List<String> events, boolean connect) {
    if (endpoints.created().size() >= Endpoints.MAX_ENDPOINTS) {
      throw StripeRefusal.wrongState(
          null,
          null,
          "You have reached the maximum of %d test webhook endpoints."
              .formatted(Endpoints.MAX_ENDPOINTS));
    }
    StripeObject endpoint =
        StripeObject.shaped(
            StripeAccounts.PLATFORM, Endpoints.KIND, StripeIds.next("we"), clock.epochSecond());
    endpoint.body().put("url", url);
    ArrayNode enabledEvents = endpoint.body().putArray("enabled_events");
    events.forEach(enabledEvents::add);
    endpoint.inner().put("secret", secret);
    endpoint.inner().put("connect", connect);
    objects.add(endpoint);
    endpoints.changed();
    return endpoint;
  }
}
