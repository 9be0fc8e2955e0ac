package io.cpdevents.sandbox.products;

import io.cpdevents.sandbox.api.Lists;
import io.cpdevents.sandbox.api.Metadata;
import io.cpdevents.sandbox.api.Params;
import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.api.StripeRequest;
import io.cpdevents.sandbox.api.StripeRoute;
import io.cpdevents.sandbox.api.StripeRoutes;
import io.cpdevents.sandbox.events.Events;
import io.cpdevents.sandbox.objects.ObjectQuery;
import io.cpdevents.sandbox.objects.ObjectViews;
import io.cpdevents.sandbox.objects.StripeIds;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import io.cpdevents.sandbox.time.SandboxClock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/products} and {@code /v1/prices}, which are paid once or month by month. */
@Component
class ProductRoutes implements StripeRoutes {
  private static final String PRODUCTS = "/v1/products";
  private static final String PRICES = "/v1/prices";
  private static final int MAX_LOOKUP_KEY_CHARACTERS = 200;

  private final StripeObjects objects;
  private final ObjectViews views;
  private final Lists lists;
  private final Events events;
  private final SandboxClock clock;

  ProductRoutes(
      StripeObjects objects, ObjectViews views, Lists lists, Events events, SandboxClock clock) {
    this.objects = objects;
    this.views = views;
    this.lists = lists;
    this.events = events;
    this.clock = clock;
  }

  @Override
  public List<StripeRoute> routes() {
    return List.of(
        StripeRoute.post(PRODUCTS, this::createProduct),
        StripeRoute.get(PRODUCTS, request -> list(request, PRODUCTS, "product")),
        StripeRoute.get(PRODUCTS + "/{id}", request -> show(request, "product")),
        StripeRoute.post(PRICES, this::createPrice),
        StripeRoute.get(PRICES, request -> list(request, PRICES, "price")),
        StripeRoute.get(PRICES + "/{id}", request -> show(request, "price")));
  }

  private ObjectNode createProduct(StripeRequest request) {
    Params params = request.params();
    StripeObject product =
        StripeObject.shaped(
            request.account(), "product", newProductId(params), clock.epochSecond());
    ObjectNode body = product.body();
    body.put("name", params.requiredText("name"));
    body.put("description", params.text("description"));
    body.put("url", params.url("url"));
    body.put("updated", clock.epochSecond());
    readActive(params, body);
    Metadata.merge(params, body);
    params.refuseOthers();
    objects.add(product);
    events.record("product.created", product);
    return views.show(product);
  }

  /** The caller may choose the id, once in all accounts. */
  private String newProductId(Params params) {
    String id = params.text("id");
    if (id == null) {
      return StripeIds.next("prod");
    }
    if (objects.findAnywhere("product", id).isPresent()) {
      throw StripeRefusal.wrongState(
          "resource_already_exists", "id", "Product already exists: " + id);
    }
    return id;
  }

  private ObjectNode createPrice(StripeRequest request) {
    Params params = request.params();
    String productId = params.requiredText("product");
    if (objects.find(request.account(), "product", productId).isEmpty()) {
      throw StripeRefusal.noSuchParameter("product", productId, "product");
    }
    StripeObject price =
        StripeObject.shaped(
            request.account(), "price", StripeIds.next("price"), clock.epochSecond());
    ObjectNode body = price.body();
    body.put("product", productId);
    body.put("currency", Prices.currency(params));
    long unitAmount = Prices.unitAmount(params);
    body.put("unit_amount", unitAmount);
    body.put("unit_amount_decimal", Long.toString(unitAmount));
    body.put("nickname", params.text("nickname"));
    Prices.taxBehavior(params, body);
    Prices.recurring(params, body);
    body.put("lookup_key", newLookupKey(request));
    readActive(params, body);
    Metadata.merge(params, body);
    params.refuseOthers();
    objects.add(price);
    events.record("price.created", price);
    return views.show(price);
  }

  /** A key belongs to one price of an account. */
  private @Nullable String newLookupKey(StripeRequest request) {
    String key = request.params().textOrEmpty("lookup_key", MAX_LOOKUP_KEY_CHARACTERS);
    if (key == null) {
      return null;
    }
    objects.lockName("lookup-key:" + request.account() + ":" + key);
    ObjectQuery taken = ObjectQuery.of(request.account(), "price").with("lookup_key", key);
    if (!objects.list(taken, null, null, 1).isEmpty()) {
      throw StripeRefusal.invalid(
          null,
          "lookup_key",
          "A price (`%s`) already uses that lookup key."
              .formatted(objects.list(taken, null, null, 1).getFirst().id()));
    }
    return key;
  }

  private static void readActive(Params params, ObjectNode body) {
    body.put("active", !Boolean.FALSE.equals(params.flag("active")));
  }

  private ObjectNode show(StripeRequest request, String kind) {
    request.params().refuseOthers();
    return objects
        .find(request.account(), kind, request.id())
        .map(views::show)
        .orElseThrow(() -> StripeRefusal.noSuch(kind, request.id(), "id"));
  }

  private ObjectNode list(StripeRequest request, String path, String kind) {
    ObjectQuery query = ObjectQuery.of(request.account(), kind);
    if (kind.equals("price")) {
      query.with("product", request.params().text("product"));
      query.withAny("lookup_key", request.params().texts("lookup_keys"));
    }
    Boolean active = request.params().flag("active");
    query.with("active", active == null ? null : active.toString());
    return lists.answer(request, path, query);
  }
}
