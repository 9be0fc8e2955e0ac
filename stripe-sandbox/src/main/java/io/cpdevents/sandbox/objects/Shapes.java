package io.cpdevents.sandbox.objects;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.node.ObjectNode;

/** Templates of all objects in API version 2026-07-29.dahlia, from {@code shapes/*.json}. */
public final class Shapes {
  private static final Map<String, ObjectNode> SHAPES = new ConcurrentHashMap<>();

  private Shapes() {}

  /**
   * A new object with every field that Stripe shows.
   *
   * @param kind Stripe's {@code object}, e.g. {@code checkout.session}
   */
  public static ObjectNode of(String kind) {
    return SHAPES.computeIfAbsent(kind, Shapes::read).deepCopy();
  }

  private static ObjectNode read(String kind) {
    try (InputStream file = Shapes.class.getResourceAsStream("/shapes/" + kind + ".json")) {
      if (file == null) {
        throw new IllegalStateException("No shape for " + kind);
      }
      return StripeJson.readObject(new String(file.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
