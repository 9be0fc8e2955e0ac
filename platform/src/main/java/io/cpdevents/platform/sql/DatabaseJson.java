package io.cpdevents.platform.sql;

import io.cpdevents.contracts.ContractsJson;
import org.postgresql.util.PGobject;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes and reads values of {@code jsonb} columns. It has a mapper of its own, so that the format
 * of events and the format of columns can change independently.
 */
public final class DatabaseJson {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addModule(ContractsJson.kebabCaseEnums())
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private DatabaseJson() {}

  /** The value as a {@code jsonb} parameter. */
  static PGobject write(Object value) {
    try {
      PGobject json = new PGobject();
      json.setType("jsonb");
      json.setValue(text(value));
      return json;
    } catch (java.sql.SQLException e) {
      throw new IllegalStateException("the driver refuses jsonb", e);
    }
  }

  static String text(Object value) {
    return MAPPER.writeValueAsString(value);
  }

  /** The value that a {@code jsonb} column holds; fields that the type lacks are refused. */
  public static <T> T read(String json, Class<T> type) {
    return MAPPER.readValue(json, type);
  }
}
