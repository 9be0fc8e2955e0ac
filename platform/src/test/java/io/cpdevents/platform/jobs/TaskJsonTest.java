package io.cpdevents.platform.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.kagkarlsson.scheduler.serializer.Serializer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;

class TaskJsonTest {

  private final Serializer json = new TaskJson();

  @Test
  void the_data_of_a_task_is_json() {
    byte[] stored = json.serialize("01a22300");

    assertThat(stored).asString(StandardCharsets.UTF_8).isEqualTo("\"01a22300\"");
    assertThat(json.deserialize(String.class, stored)).isEqualTo("01a22300");
    assertThat(json.serialize(null)).isNull();
    assertThat(json.deserialize(String.class, null)).isNull();
  }

  @Test
  void what_java_has_serialized_is_refused_unread() throws IOException {
    ByteArrayOutputStream stored = new ByteArrayOutputStream();
    try (ObjectOutputStream objects = new ObjectOutputStream(stored)) {
      objects.writeObject("01a22300");
    }

    assertThatThrownBy(() -> json.deserialize(String.class, stored.toByteArray()))
        .isInstanceOf(JacksonException.class);
  }
}
