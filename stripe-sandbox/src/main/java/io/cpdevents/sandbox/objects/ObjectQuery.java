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

  /** The account that owns the objects. */
  public String account() {
    return account;
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

  /** Only objects whose inner fact has this value; an index is on this expression too. */
  public ObjectQuery withFact(String fact, String value) {
    conditions.add("inner_facts ->> '" + fact + "' = :" + parameter(value));
    return this;
  }

  /**
   * Only objects created in this range.
   *
   * @param operator {@code gt}, {@code gte}, {@code lt} or {@code lte}
   */
  public ObjectQuery created(String operator, @Nullable Long epochSecond) {
    return compare("created", operator, epochSecond);
  }

  /** Only objects whose field is a time in this range, as {@link #created}. */
  public ObjectQuery withTime(String field, String operator, @Nullable Long epochSecond) {
    return compare("(body ->> '" + field + "')::bigint", operator, epochSecond);
  }

  private ObjectQuery compare(String expression, String operator, @Nullable Long epochSecond) {
    if (epochSecond != null) {
      String sign =
          switch (operator) {
            case "gt" -> ">";
            case "gte" -> ">=";
            case "lt" -> "<";
            case "lte" -> "<=";
            default -> throw new IllegalArgumentException(operator);
          };
      conditions.add(expression + " " + sign + " :" + parameter(epochSecond));
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
