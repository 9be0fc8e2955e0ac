package io.cpdevents.sandbox.api;

import io.cpdevents.sandbox.objects.ObjectQuery;
import io.cpdevents.sandbox.objects.ObjectViews;
import io.cpdevents.sandbox.objects.StripeJson;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Lists with Stripe's pagination: newest first, with the id of an element as cursor. */
@Component
public class Lists {
  private static final int DEFAULT_PAGE_ROWS = 10;
  private static final int MAX_PAGE_ROWS = 100;

  private final StripeObjects objects;
  private final ObjectViews views;

  public Lists(StripeObjects objects, ObjectViews views) {
    this.objects = objects;
    this.views = views;
  }

  /** Answers a list; reads the parameters that every list has and refuses unknown ones. */
  public ObjectNode answer(StripeRequest request, String url, ObjectQuery query) {
    Params params = request.params();
    readRange(params, "created", query::created);
    Long asked = params.integer("limit");
    long limit = asked == null ? DEFAULT_PAGE_ROWS : asked;
    if (limit < 1 || limit > MAX_PAGE_ROWS) {
      throw StripeRefusal.invalid(
          "parameter_invalid_integer",
          "limit",
          "This value must be between 1 and %d (inclusive).".formatted(MAX_PAGE_ROWS));
    }
    String after = cursor(params, query, "starting_after");
    String before = cursor(params, query, "ending_before");
    if (after != null && before != null) {
      throw StripeRefusal.invalid(
          null, "ending_before", "You may only specify one of starting_after and ending_before.");
    }
    params.refuseOthers();
    List<StripeObject> found = new ArrayList<>(objects.list(query, after, before, (int) limit + 1));
    boolean more = found.size() > limit;
    if (more) {
      found.removeLast();
    }
    if (before != null) {
      Collections.reverse(found);
    }
    ArrayNode elements = StripeJson.array();
    found.forEach(object -> elements.add(views.show(object)));
    ObjectNode list = StripeJson.object();
    list.put("object", "list");
    list.set("data", elements);
    list.put("has_more", more);
    list.put("url", url);
    return list;
  }

  private @Nullable String cursor(Params params, ObjectQuery query, String name) {
    String id = params.text(name);
    if (id != null && objects.find(query.account(), id).isEmpty()) {
      throw StripeRefusal.noSuchParameter("object", id, name);
    }
    return id;
  }

  /** Restricts a list by a comparison of a time. */
  @FunctionalInterface
  public interface Restriction {
    ObjectQuery compare(String operator, @Nullable Long epochSecond);
  }

  /** Reads a time, which may be an exact value or a range, such as {@code created[gte]}. */
  public static void readRange(Params params, String name, Restriction restriction) {
    if (!params.has(name)) {
      return;
    }
    Params range = params.isObject(name) ? params.child(name) : null;
    if (range == null) {
      Long exactly = params.integer(name);
      restriction.compare("gte", exactly);
      restriction.compare("lte", exactly);
      return;
    }
    for (String operator : List.of("gt", "gte", "lt", "lte")) {
      restriction.compare(operator, range.integer(operator));
    }
  }
}
