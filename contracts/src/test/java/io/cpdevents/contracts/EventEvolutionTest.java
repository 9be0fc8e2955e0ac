package io.cpdevents.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Events only grow: today's writers are understood by yesterday's readers. */
class EventEvolutionTest {

  static List<Class<? extends Event>> types() {
    return Examples.types();
  }

  static Stream<Arguments> olderSchemas() {
    return types().stream()
        .flatMap(type ->
            CommittedFiles.numbered(EventSchemas.historyFolder(type)).stream()
                .map(schema -> Arguments.of(type, schema)));
  }

  @ParameterizedTest
  @MethodSource("types")
  void the_newest_kept_schema_is_todays(Class<? extends Event> type) {
    CommittedFiles.holdNewestEqual(
        EventSchemas.historyFolder(type), EventSchemas.pretty(EventSchemas.of(type)));
  }

  @ParameterizedTest
  @MethodSource("olderSchemas")
  void todays_example_satisfies_every_schema_ever_kept(Class<? extends Event> type, Path schema) {
    assertThat(
            EventSchemas.complaints(
                EventSchemas.read(CommittedFiles.readIfThere(schema)),
                ContractsJson.mapper().valueToTree(Examples.of(type))))
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("olderSchemas")
  void todays_schema_has_only_grown_since_every_schema_ever_kept(
      Class<? extends Event> type, Path schema) {
    assertThat(
            SchemaGrowth.violations(
                EventSchemas.read(CommittedFiles.readIfThere(schema)), EventSchemas.of(type)))
        .as("add optional fields; anything else is a new event type")
        .isEmpty();
  }

  @Test
  void no_history_is_left_over_from_a_type_that_does_not_exist() {
    CommittedFiles.holdNames(
        CommittedFiles.module().resolve("src/test/resources/schema-history"),
        types().stream().map(EventType::nameOf).toList());
  }

  @Test
  void an_added_optional_field_is_growth() {
    assertThat(
            SchemaGrowth.violations(
                schema("{'a':{'type':'string'}}", "['a']"),
                schema("{'a':{'type':'string'},'b':{'type':['string','null']}}", "['a']")))
        .isEmpty();
  }

  @Test
  void an_added_required_field_is_refused() {
    assertThat(
            SchemaGrowth.violations(
                schema("{'a':{'type':'string'}}", "['a']"),
                schema("{'a':{'type':'string'},'b':{'type':'string'}}", "['a','b']")))
        .containsExactly("required was [a] and is [a, b]");
  }

  @Test
  void a_field_that_is_removed_or_becomes_optional_is_refused() {
    JsonNode before = schema("{'a':{'type':'string'}}", "['a']");

    assertThat(SchemaGrowth.violations(before, schema("{}", "[]")))
        .containsExactly("required was [a] and is []", "a is gone");
    assertThat(SchemaGrowth.violations(before, schema("{'a':{'type':['string','null']}}", "[]")))
        .hasSize(2);
  }

  @Test
  void an_optional_field_that_is_removed_or_retyped_is_refused() {
    JsonNode before = schema("{'b':{'type':['string','null']}}", "[]");

    assertThat(SchemaGrowth.violations(before, schema("{}", "[]"))).containsExactly("b is gone");
    assertThat(SchemaGrowth.violations(before, schema("{'b':{'type':['integer','null']}}", "[]")))
        .hasSize(1);
  }

  @Test
  void what_a_field_is_made_of_grows_by_the_same_rule() {
    JsonNode before = json("{'$defs':{'Line':{'properties':{'a':{}},'required':['a']}}}");

    assertThat(
            SchemaGrowth.violations(
                before, json("{'$defs':{'Line':{'properties':{},'required':[]}}}")))
        .containsExactly("Line.required was [a] and is []", "Line.a is gone");
    assertThat(SchemaGrowth.violations(before, json("{}"))).containsExactly("Line is gone");
  }

  private static JsonNode schema(String properties, String required) {
    return json("{'properties':%s,'required':%s}".formatted(properties, required));
  }

  private static JsonNode json(String text) {
    return EventSchemas.read(text.replace('\'', '"'));
  }
}
