package io.cpdevents.sandbox.api;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses {@code a[b][0][c]=d} into a tree of maps; the key of a list's element is its index. */
final class FormBody {
  private static final Pattern KEY = Pattern.compile("([^\\[\\]]+)((?:\\[[^\\[\\]]*])*)");
  private static final Pattern PART = Pattern.compile("\\[([^\\[\\]]*)]");
  private static final int MAX_DEPTH = 8;
  private static final int MAX_FIELDS = 2_000;

  private FormBody() {}

  static Map<String, Object> read(String form) {
    Map<String, Object> tree = new LinkedHashMap<>();
    if (form.isEmpty()) {
      return tree;
    }
    String[] fields = form.split("&", -1);
    if (fields.length > MAX_FIELDS) {
      throw StripeRefusal.invalid(null, null, "Too many parameters in one request.");
    }
    for (String field : fields) {
      if (!field.isEmpty()) {
        int equals = field.indexOf('=');
        String key = decode(equals < 0 ? field : field.substring(0, equals));
        put(tree, key, equals < 0 ? "" : decode(field.substring(equals + 1)));
      }
    }
    return tree;
  }

  @SuppressWarnings("unchecked")
  private static void put(Map<String, Object> tree, String key, String value) {
    List<String> steps = steps(key);
    Map<String, Object> node = tree;
    for (String step : steps.subList(0, steps.size() - 1)) {
      Object next = node.computeIfAbsent(indexed(step, node), _ -> new LinkedHashMap<>());
      if (!(next instanceof Map)) {
        throw StripeRefusal.invalid(null, key, "Invalid object: " + key);
      }
      node = (Map<String, Object>) next;
    }
    String last = indexed(steps.getLast(), node);
    if (node.get(last) instanceof Map) {
      throw StripeRefusal.invalid(null, key, "Invalid object: " + key);
    }
    node.put(last, value);
  }

  /** An empty index, as in {@code expand[]}, appends an element. */
  private static String indexed(String step, Map<String, Object> node) {
    return step.isEmpty() ? Integer.toString(node.size()) : step;
  }

  private static List<String> steps(String key) {
    Matcher matcher = KEY.matcher(key);
    if (!matcher.matches()) {
      throw StripeRefusal.invalid(null, null, "Invalid parameter name: " + key);
    }
    List<String> steps = new ArrayList<>();
    steps.add(matcher.group(1));
    Matcher parts = PART.matcher(matcher.group(2));
    while (parts.find()) {
      steps.add(parts.group(1));
    }
    if (steps.size() > MAX_DEPTH) {
      throw StripeRefusal.invalid(null, key, "Parameter is nested too deeply: " + key);
    }
    return steps;
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw StripeRefusal.invalid(null, null, "Invalid URL encoding in the request.");
    }
  }
}
