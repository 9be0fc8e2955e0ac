package io.cpdevents.sandbox.objects;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Selects the objects of one kind that a list shows. */
public final class ObjectQuery {
  final String account;
  final String kind;
  final List<String> conditions = new ArrayList<>();
  final Map<String, Object> values = new LinkedHashMap<>();

  private ObjectQuery(String account, String kind) {
    this.account = account;
    this.kind = kind;
  }

  public static ObjectQuery of(String account, String kind) {
    return new ObjectQuery(account, kind);
  }

  /** Only objects whose field has this value; null does not restrict. */
  public ObjectQuery with(String field, @Nullable String value) {
    if (value != null) {
      String parameter = parameter(value);
      // The field's name is a constant, never input; an index is on exactly this expression.
      conditions.add("body ->> '" + field + "' = :" + parameter);
    }
    return this;
  }

  /** Only objects whose field has one of these values; an empty list does not restrict. */
  public ObjectQuery withAny(String field, List<String> values) {
    if (!values.isEmpty()) {
      conditions.add("body ->> '" + field + "' IN (:" + parameter(values) + ")");
    }
    return this;
  }

  /**
   * Only objects created in this range.
   *
   * @param operator {@code gt}, {@code gte}, {@code lt} or {@code lte}
   */
  public ObjectQuery created(String operator, @Nullable Long epochSecond) {
    if (epochSecond != null) {
      String sign =
          switch (operator) {
            case "gt" -> ">";
            case "gte" -> ">=";
            case "lt" -> "<";
            case "lte" -> "<=";
            default -> throw new IllegalArgumentException(operator);
          };
      conditions.add("created " + sign + " :" + parameter(epochSecond));
    }
    return this;
  }

  /** An SQL condition over the row {@code o}, which contains no input. */
  public ObjectQuery where(String condition) {
    conditions.add(condition);
    return this;
  }

  private String parameter(Object value) {
    String name = "p" + values.size();
    values.put(name, value);
    return name;
  }
}
