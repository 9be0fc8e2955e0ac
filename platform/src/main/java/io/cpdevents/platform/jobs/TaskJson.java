package io.cpdevents.platform.jobs;

import com.github.kagkarlsson.scheduler.serializer.Serializer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes and reads the data of tasks as JSON. Java's own serialization, db-scheduler's default,
 * would have whoever can write a row choose which classes are loaded; here the task says of which
 * type its data is.
 */
final class TaskJson implements Serializer {

  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  @Override
  @SuppressWarnings("NullAway") // db-scheduler stores null for a task without data.
  public byte[] serialize(@Nullable Object data) {
    return data == null ? null : MAPPER.writeValueAsBytes(data);
  }

  @Override
  @SuppressWarnings("NullAway") // A task without data has null.
  public <T> T deserialize(Class<T> type, byte @Nullable [] stored) {
    return stored == null ? null : MAPPER.readValue(stored, type);
  }
}
