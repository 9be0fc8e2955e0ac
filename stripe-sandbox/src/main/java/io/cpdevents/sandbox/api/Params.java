package io.cpdevents.sandbox.api;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a request. Reading a parameter validates it; {@link #refuseOthers()} then
 * refuses all that were not read, so that no parameter is ignored.
 */
public final class Params {
  private static final int MAX_TEXT_CHARACTERS = 5_000;
  private static final int MAX_METADATA_KEYS = 50;
  private static final int MAX_METADATA_KEY_CHARACTERS = 40;
  private static final int MAX_METADATA_VALUE_CHARACTERS = 500;

  private final String path;
  private final Map<String, Object> tree;
  private final Set<String> read = new HashSet<>();
  private final List<Params> children = new ArrayList<>();

  private Params(String path, Map<String, Object> tree) {
    this.path = path;
    this.tree = tree;
  }

  static Params of(Map<String, Object> tree) {
    return new Params("", tree);
  }

  /** Reads {@code form} as a body or query string. */
  public static Params ofForm(String form) {
    return of(FormBody.read(form));
  }

  /** The names of all parameters, for an object whose keys the caller chooses. */
  public Set<String> names() {
    return Set.copyOf(tree.keySet());
  }

  public boolean has(String name) {
    return tree.containsKey(name);
  }

  @Nullable Object plain(String name) {
    return tree.get(name);
  }

  /** Whether the parameter is an object or a list, not a plain value. */
  public boolean isObject(String name) {
    return tree.get(name) instanceof Map;
  }

  /** The text; null when it is not given. An empty text is refused. */
  public @Nullable String text(String name) {
    String text = textOrEmpty(name);
    if (text != null && text.isEmpty()) {
      throw StripeRefusal.invalid(
          "parameter_invalid_empty",
          full(name),
          "You passed an empty string for '%s'. We assume empty values are an attempt to unset a parameter; however '%s' cannot be unset."
              .formatted(full(name), full(name)));
    }
    return text;
  }

  /** The text; empty when the caller unsets it, null when it is not given. */
  public @Nullable String textOrEmpty(String name) {
    return textOrEmpty(name, MAX_TEXT_CHARACTERS);
  }

  /** A text with a maximum length of its own. */
  public @Nullable String textOrEmpty(String name, int maxLength) {
    read.add(name);
    Object value = tree.get(name);
    if (value == null) {
      return null;
    }
    if (!(value instanceof String text)) {
      throw StripeRefusal.invalid(
          "parameter_invalid_string", full(name), "Invalid string: " + full(name));
    }
    if (text.length() > maxLength) {
      throw StripeRefusal.invalid(
          "parameter_invalid_string",
          full(name),
          "Invalid string: %s must be at most %d characters".formatted(full(name), maxLength));
    }
    return text;
  }

  public String requiredText(String name) {
    String text = text(name);
    if (text == null) {
      throw StripeRefusal.missing(full(name));
    }
    return text;
  }

  /** A whole number; null when it is not given. */
  public @Nullable Long integer(String name) {
    String text = text(name);
    if (text == null) {
      return null;
    }
    try {
      return Long.valueOf(text);
    } catch (NumberFormatException e) {
      throw StripeRefusal.invalid(
          "parameter_invalid_integer", full(name), "Invalid integer: " + text);
    }
  }

  public long requiredInteger(String name) {
    Long number = integer(name);
    if (number == null) {
      throw StripeRefusal.missing(full(name));
    }
    return number;
  }

  public @Nullable Boolean flag(String name) {
    String text = text(name);
    if (text == null) {
      return null;
    }
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw StripeRefusal.invalid(null, full(name), "Invalid boolean: " + text);
    };
  }

  /** One of these values; null when it is not given. */
  public @Nullable String oneOf(String name, String... values) {
    String text = text(name);
    if (text != null && !List.of(values).contains(text)) {
      throw StripeRefusal.invalid(
          null,
          full(name),
          "Invalid %s: must be one of %s".formatted(full(name), String.join(", ", values)));
    }
    return text;
  }

  /** An absolute http or https address; null when it is not given. */
  public @Nullable String url(String name) {
    String text = text(name);
    if (text == null) {
      return null;
    }
    try {
      URI uri = new URI(text.replace("{CHECKOUT_SESSION_ID}", "CHECKOUT_SESSION_ID"));
      if (uri.getHost() != null && List.of("http", "https").contains(uri.getScheme())) {
        return text;
      }
    } catch (URISyntaxException _) {
      // Refused below, like an address without a host.
    }
    throw StripeRefusal.invalid("url_invalid", full(name), "Not a valid URL");
  }

  /** A nested object; null when it is not given. */
  public @Nullable Params child(String name) {
    read.add(name);
    Object value = tree.get(name);
    if (value == null) {
      return null;
    }
    if (!(value instanceof Map)) {
      throw StripeRefusal.invalid(null, full(name), "Invalid object: " + full(name));
    }
    return adopt(name, value);
  }

  /** A nested object that is empty when it is not given. */
  public Params childOrEmpty(String name) {
    Params child = child(name);
    return child == null ? adopt(name, Map.of()) : child;
  }

  /** A list of objects; empty when it is not given. */
  public List<Params> list(String name) {
    Params list = child(name);
    if (list == null) {
      return List.of();
    }
    List<Params> elements = new ArrayList<>();
    for (String index : list.tree.keySet()) {
      Params element = list.child(index);
      if (element != null) {
        elements.add(element);
      }
    }
    return elements;
  }

  /** A list of texts; empty when it is not given. */
  public List<String> texts(String name) {
    Object value = tree.get(name);
    if (value instanceof String) {
      throw StripeRefusal.invalid(null, name, "Invalid array: " + full(name));
    }
    Params list = child(name);
    if (list == null) {
      return List.of();
    }
    return list.tree.keySet().stream().map(list::requiredText).toList();
  }

  /** Key-value pairs; an empty value unsets its key. Null when they are not given. */
  public @Nullable Map<String, String> metadata() {
    String name = "metadata";
    if ("".equals(tree.get(name))) {
      read.add(name);
      return Map.of();
    }
    Params pairs = child(name);
    if (pairs == null) {
      return null;
    }
    Map<String, String> metadata = new LinkedHashMap<>();
    for (String key : pairs.tree.keySet()) {
      String value = pairs.textOrEmpty(key);
      if (key.length() > MAX_METADATA_KEY_CHARACTERS
          || value == null
          || value.length() > MAX_METADATA_VALUE_CHARACTERS) {
        throw StripeRefusal.invalid(
            null,
            name,
            "Metadata keys have at most %d characters, values at most %d."
                .formatted(MAX_METADATA_KEY_CHARACTERS, MAX_METADATA_VALUE_CHARACTERS));
      }
      metadata.put(key, value);
    }
    if (metadata.size() > MAX_METADATA_KEYS) {
      throw StripeRefusal.invalid(
          null, name, "Metadata can have at most %d keys.".formatted(MAX_METADATA_KEYS));
    }
    return metadata;
  }

  /** Refuses every parameter that was not read, at any depth. */
  public void refuseOthers() {
    List<String> unknown = new ArrayList<>();
    collectUnread(unknown);
    if (!unknown.isEmpty()) {
      throw StripeRefusal.unknownParameters(unknown);
    }
  }

  private void collectUnread(List<String> unknown) {
    tree.keySet().stream()
        .filter(name -> !read.contains(name))
        .map(this::full)
        .forEach(unknown::add);
    children.forEach(child -> child.collectUnread(unknown));
  }

  /** The parameter's name as the caller wrote it. */
  public String full(String name) {
    return path.isEmpty() ? name : path + "[" + name + "]";
  }

  @SuppressWarnings("unchecked")
  private Params adopt(String name, Object value) {
    Params child = new Params(full(name), (Map<String, Object>) value);
    children.add(child);
    return child;
  }

  /** A text that is the same for equal parameters in any order. */
  String canonical() {
    return new TreeMap<>(flat("", tree)).toString();
  }

  private static Map<String, String> flat(String prefix, Map<?, ?> tree) {
    Map<String, String> flat = new LinkedHashMap<>();
    tree.forEach((name, value) -> {
      if (value instanceof Map<?, ?> inside) {
        flat.putAll(flat(prefix + name + "/", inside));
      } else {
        flat.put(prefix + name, String.valueOf(value));
      }
    });
    return flat;
  }
}
