package io.cpdevents.sandbox.api;

import io.cpdevents.sandbox.objects.StripeJson;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** Metadata as Stripe merges it. */
public final class Metadata {
  private Metadata() {}

  /** The metadata of a new object. */
  public static ObjectNode of(Params params) {
    ObjectNode holder = StripeJson.object();
    holder.putObject("metadata");
    merge(params, holder);
    return (ObjectNode) holder.get("metadata");
  }

  /** Merges the request's metadata into the object's: an empty value unsets its key. */
  public static void merge(Params params, ObjectNode object) {
    boolean unset = "".equals(params.plain("metadata"));
    Map<String, String> pairs = params.metadata();
    if (unset) {
      object.putObject("metadata");
    }
    if (pairs == null) {
      return;
    }
    ObjectNode metadata = object.withObjectProperty("metadata");
    pairs.forEach((key, value) -> {
      if (value.isEmpty()) {
        metadata.remove(key);
      } else {
        metadata.put(key, value);
      }
    });
  }
}
