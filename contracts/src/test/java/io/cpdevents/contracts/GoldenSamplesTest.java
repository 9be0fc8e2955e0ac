package io.cpdevents.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Every sample ever committed must still read: topics and archives hold such events. */
class GoldenSamplesTest {

  static List<Class<? extends Event>> types() {
    return Examples.types();
  }

  static Stream<Arguments> samples() {
    return types().stream()
        .flatMap(type ->
            CommittedFiles.numbered(Examples.sampleFolder(type)).stream()
                .map(sample -> Arguments.of(type, sample)));
  }

  @ParameterizedTest
  @MethodSource("types")
  void the_newest_sample_is_todays_example(Class<? extends Event> type) {
    JsonNode example = ContractsJson.mapper().valueToTree(Examples.of(type));

    CommittedFiles.holdNewestEqual(Examples.sampleFolder(type), EventSchemas.pretty(example));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void a_sample_reads_into_its_record_and_writes_back_what_it_said(
      Class<? extends Event> type, Path sample) {
    String text = CommittedFiles.readIfThere(sample);

    Event event = ContractsJson.read(text.getBytes(StandardCharsets.UTF_8), type);

    assertSaysTheSame(
        EventSchemas.read(text), ContractsJson.mapper().valueToTree(event), type.getSimpleName());
  }

  @ParameterizedTest
  @MethodSource("types")
  void an_example_without_its_optional_fields_reads(Class<? extends Event> type) {
    JsonNode example = ContractsJson.mapper().valueToTree(Examples.of(type));
    List<String> required =
        EventSchemas.of(type).path("required").valueStream().map(JsonNode::asString).toList();
    JsonNode least = ((ObjectNode) example.deepCopy()).retain(required);

    Event event = ContractsJson.read(least.toString().getBytes(StandardCharsets.UTF_8), type);

    assertSaysTheSame(least, ContractsJson.mapper().valueToTree(event), type.getSimpleName());
    assertThat(event.key()).isEqualTo(Examples.of(type).key());
  }

  @Test
  void no_sample_is_left_over_from_a_type_that_does_not_exist() {
    CommittedFiles.holdNames(
        CommittedFiles.module().resolve("src/test/resources/samples"),
        types().stream().map(EventType::nameOf).toList());
  }

  @Test
  void every_example_is_an_event_of_a_family() {
    assertThat(Examples.ALL.stream().<Class<?>>map(Event::getClass).toList())
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(types());
  }

  /** What was said is said again; fields that came later are null. */
  private static void assertSaysTheSame(JsonNode before, JsonNode after, String path) {
    if (before.isObject()) {
      for (Map.Entry<String, JsonNode> field : before.properties()) {
        assertSaysTheSame(
            field.getValue(), after.path(field.getKey()), path + "." + field.getKey());
      }
      for (Map.Entry<String, JsonNode> field : after.properties()) {
        if (!before.has(field.getKey())) {
          assertThat(field.getValue().isNull())
              .as("%s.%s came later and must be null", path, field.getKey())
              .isTrue();
        }
      }
    } else if (before.isArray()) {
      assertThat(after.size()).as(path).isEqualTo(before.size());
      for (int i = 0; i < before.size(); i++) {
        assertSaysTheSame(before.get(i), after.path(i), path + "[" + i + "]");
      }
    } else {
      assertThat(after).as(path).hasToString(before.toString());
    }
  }
}
