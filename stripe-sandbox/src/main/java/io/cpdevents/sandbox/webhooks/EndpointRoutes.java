package io.cpdevents.sandbox.webhooks;

import com.stripe.param.WebhookEndpointCreateParams;
import io.cpdevents.sandbox.api.Lists;
import io.cpdevents.sandbox.api.Metadata;
import io.cpdevents.sandbox.api.Params;
import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.api.StripeRequest;
import io.cpdevents.sandbox.api.StripeRoute;
import io.cpdevents.sandbox.api.StripeRoutes;
import io.cpdevents.sandbox.api.StripeVersion;
import io.cpdevents.sandbox.objects.ObjectQuery;
import io.cpdevents.sandbox.objects.ObjectViews;
import io.cpdevents.sandbox.objects.StripeJson;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/webhook_endpoints}. */
@Component
class EndpointRoutes implements StripeRoutes {
  private static final String PATH = "/v1/webhook_endpoints";

  /** All event types that an endpoint can be subscribed to, and {@code *}. */
  static final Set<String> EVENT_TYPES =
      Arrays.stream(WebhookEndpointCreateParams.EnabledEvent.values())
          .map(WebhookEndpointCreateParams.EnabledEvent::getValue)
          .collect(Collectors.toUnmodifiableSet());

  private final StripeObjects objects;
  private final ObjectViews views;
  private final Lists lists;
  private final CreateEndpoint createEndpoint;
  private final Endpoints endpoints;
  private final Deliveries deliveries;

  EndpointRoutes(
      StripeObjects objects,
      ObjectViews views,
      Lists lists,
      CreateEndpoint createEndpoint,
      Endpoints endpoints,
      Deliveries deliveries) {
    this.objects = objects;
    this.views = views;
    this.lists = lists;
    this.createEndpoint = createEndpoint;
    this.endpoints = endpoints;
    this.deliveries = deliveries;
  }

  @Override
  public List<StripeRoute> routes() {
    return List.of(
        StripeRoute.post(PATH, this::create),
        StripeRoute.get(PATH, this::list),
        StripeRoute.get(PATH + "/{id}", this::show),
        StripeRoute.post(PATH + "/{id}", this::update),
        StripeRoute.delete(PATH + "/{id}", this::delete));
  }

  private ObjectNode create(StripeRequest request) {
    request.requirePlatform();
    Params params = request.params();
    String url = params.url("url");
    if (url == null) {
      throw StripeRefusal.missing("url");
    }
    List<String> events = events(params);
    if (events.isEmpty()) {
      throw StripeRefusal.missing("enabled_events");
    }
    String version = params.oneOf("api_version", StripeVersion.PINNED);
    boolean connect = Boolean.TRUE.equals(params.flag("connect"));
    StripeObject endpoint = createEndpoint.handle(url, CreateEndpoint.newSecret(), events, connect);
    endpoint.body().put("api_version", version);
    writeTexts(params, endpoint);
    params.refuseOthers();
    ObjectNode answer = views.show(endpoint);
    answer.put("secret", endpoint.innerText("secret"));
    return answer;
  }

  private ObjectNode update(StripeRequest request) {
    Params params = request.params();
    StripeObject endpoint = lock(request);
    String url = params.url("url");
    if (url != null) {
      endpoint.body().put("url", url);
    }
    List<String> events = events(params);
    if (!events.isEmpty()) {
      ArrayNode enabledEvents = endpoint.body().putArray("enabled_events");
      events.forEach(enabledEvents::add);
    }
    Boolean disabled = params.flag("disabled");
    if (disabled != null) {
      endpoint.body().put("status", disabled ? "disabled" : "enabled");
    }
    writeTexts(params, endpoint);
    params.refuseOthers();
    objects.save(endpoint);
    endpoints.changed();
    if (Boolean.TRUE.equals(disabled)) {
      deliveries.drop(endpoint.id());
    }
    return views.show(endpoint);
  }

  private static List<String> events(Params params) {
    List<String> events = params.texts("enabled_events");
    for (int i = 0; i < events.size(); i++) {
      if (!EVENT_TYPES.contains(events.get(i))) {
        throw StripeRefusal.invalid(
            null,
            "enabled_events[" + i + "]",
            "Invalid enabled_events[%d]: %s is no type of event".formatted(i, events.get(i)));
      }
    }
    return events;
  }

  private static void writeTexts(Params params, StripeObject endpoint) {
    String description = params.textOrEmpty("description");
    if (description != null) {
      endpoint.body().put("description", description.isEmpty() ? null : description);
    }
    Metadata.merge(params, endpoint.body());
  }

  private StripeObject lock(StripeRequest request) {
    return objects
        .lock(Endpoints.KIND, request.id())
        .filter(found -> found.account().equals(request.account()))
        .orElseThrow(() -> noSuch(request));
  }

  private static StripeRefusal noSuch(StripeRequest request) {
    return StripeRefusal.noSuch("webhook endpoint", request.id(), "webhook_endpoint");
  }

  private ObjectNode delete(StripeRequest request) {
    request.params().refuseOthers();
    StripeObject endpoint = lock(request);
    objects.remove(endpoint);
    endpoints.changed();
    deliveries.drop(endpoint.id());
    ObjectNode answer = StripeJson.object();
    answer.put("id", endpoint.id());
    answer.put("object", Endpoints.KIND);
    answer.put("deleted", true);
    return answer;
  }

  private ObjectNode show(StripeRequest request) {
    request.params().refuseOthers();
    return objects
        .find(request.account(), Endpoints.KIND, request.id())
        .map(views::show)
        .orElseThrow(() -> noSuch(request));
  }

  private ObjectNode list(StripeRequest request) {
    return lists.answer(request, PATH, ObjectQuery.of(request.account(), Endpoints.KIND));
  }
}
