package io.cpdevents.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntityTagTest {

  private static final String TAG = EntityTag.of(5, "{}".getBytes(StandardCharsets.UTF_8));

  @Test
  void a_tag_differs_with_the_version_and_with_the_answer() {
    assertThat(TAG)
        .matches("\"5-[0-9a-f]{16}\"")
        .isNotEqualTo(EntityTag.of(6, "{}".getBytes(StandardCharsets.UTF_8)))
        .isNotEqualTo(EntityTag.of(5, "[]".getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void a_change_asks_for_the_version_alone_and_compares_strongly() {
    assertThat(EntityTag.isOf(TAG, 5)).isTrue();
    assertThat(EntityTag.isOf("\"5\"", 5)).isTrue();
    assertThat(EntityTag.isOf("\"5-0\"", 5)).isTrue();
    assertThat(List.of("\"4\"", "\"55\"", "5", "\"5-\"", "\"5x\"", "W/" + TAG, "*", ""))
        .noneMatch(tag -> EntityTag.isOf(tag, 5));
  }

  @ParameterizedTest
  @ValueSource(strings = {"TAG", "W/TAG", "*", "\"a,b\", TAG", "\"x\",W/TAG,\"y\""})
  void a_reader_has_it_already(String header) {
    assertThat(EntityTag.isNamedIn(List.of(header.replace("TAG", TAG)), TAG)).isTrue();
    assertThat(EntityTag.isNamedIn(List.of("\"x\"", header.replace("TAG", TAG)), TAG)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\"5\"", "5", "W/\"5\"", "\"", "TAG x TAG", "\"*\""})
  void a_reader_has_something_else(String header) {
    assertThat(EntityTag.isNamedIn(List.of(header.replace("TAG", "\"4-0\"")), TAG)).isFalse();
  }
}
