package io.cpdevents.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class EventSchemasTest {

  static List<Class<? extends Event>> types() {
    return Examples.types();
  }

  @ParameterizedTest
  @MethodSource("types")
  void the_committed_schema_is_what_the_record_says(Class<? extends Event> type) {
    CommittedFiles.holdEqual(EventSchemas.file(type), EventSchemas.pretty(EventSchemas.of(type)));
  }

  @ParameterizedTest
  @MethodSource("types")
  void the_example_satisfies_its_schema(Class<? extends Event> type) {
    assertThat(
            EventSchemas.complaints(
                EventSchemas.of(type), ContractsJson.mapper().valueToTree(Examples.of(type))))
        .isEmpty();
  }

  @Test
  void no_schema_is_left_over_from_a_type_that_does_not_exist() {
    CommittedFiles.holdNames(
        EventSchemas.folder(),
        types().stream().map(type -> EventType.nameOf(type) + ".json").toList());
  }

  @Test
  void a_nullable_field_is_optional_and_the_others_are_required() {
    JsonNode schema = EventSchemas.generate(Mixed.class);

    assertThat(EventSchemas.complaints(schema, json("{'must':'x','level':'very-high'}"))).isEmpty();
    assertThat(EventSchemas.complaints(schema, json("{'must':'x','level':'very-high','may':null}")))
        .isEmpty();
    assertThat(EventSchemas.complaints(schema, json("{'level':'very-high'}"))).hasSize(1);
    assertThat(EventSchemas.complaints(schema, json("{'must':null,'level':'very-high'}")))
        .hasSize(1);
  }

  @Test
  void an_enumeration_is_in_kebab_case_and_closed() {
    JsonNode schema = EventSchemas.generate(Mixed.class);

    assertThat(EventSchemas.complaints(schema, json("{'must':'x','level':'VERY_HIGH'}")))
        .hasSize(1);
    assertThat(EventSchemas.complaints(schema, json("{'must':'x','level':'medium'}"))).hasSize(1);
  }

  @Test
  void a_field_that_the_schema_does_not_know_is_let_through() {
    assertThat(
            EventSchemas.complaints(
                EventSchemas.generate(Mixed.class), json("{'must':'x','level':'low','new':1}")))
        .isEmpty();
  }

  private static JsonNode json(String text) {
    return EventSchemas.read(text.replace('\'', '"'));
  }

  private enum Level {
    LOW,
    VERY_HIGH
  }

  private record Mixed(
      String must, Level level, @Nullable String may, @Nullable Map<String, String> more) {}
}
