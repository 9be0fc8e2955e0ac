package io.cpdevents.sandbox.webhooks;

import io.cpdevents.sandbox.front.StripeAccounts;
import io.cpdevents.sandbox.front.StripeRefusal;
import io.cpdevents.sandbox.objects.StripeIds;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import io.cpdevents.sandbox.time.SandboxClock;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ArrayNode;

/** From now on events are posted to one more endpoint. */
@Component
class MakeEndpoint {
  private final StripeObjects objects;
  private final Endpoints endpoints;
  private final SandboxClock clock;

  MakeEndpoint(StripeObjects objects, Endpoints endpoints, SandboxClock clock) {
    this.objects = objects;
    this.endpoints = endpoints;
    this.clock = clock;
  }

  static String newSecret() {
    return StripeIds.next("whsec");
  }

  StripeObject handle(String url, String secret, List<String> events, boolean connect) {
    if (endpoints.made().size() >= Endpoints.MAX_ENDPOINTS) {
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
    ArrayNode told = endpoint.body().putArray("enabled_events");
    events.forEach(told::add);
    endpoint.inner().put("secret", secret);
    endpoint.inner().put("connect", connect);
    objects.add(endpoint);
    endpoints.changed();
    return endpoint;
  }
}
