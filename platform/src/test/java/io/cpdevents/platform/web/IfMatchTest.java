package io.cpdevents.platform.web;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cpdevents.platform.error.RuleViolation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IfMatchTest {

  @ParameterizedTest
  @ValueSource(strings = {"\"3\"", "\"2\", \"3\"", "*", "\"3-0123456789abcdef\""})
  void a_condition_that_names_the_version_holds(String header) {
    assertThatCode(() -> IfMatch.of(new String[] {header}).require(3)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"2\"", "W/\"3\"", "3", "", "\"3"})
  void a_condition_that_does_not_name_it_fails(String header) {
    assertThatThrownBy(() -> IfMatch.of(new String[] {header}).require(3))
        .isInstanceOf(RuleViolation.class);
  }

  @Test
  void the_lines_of_a_header_are_one_list() {
    IfMatch seen = IfMatch.of(new String[] {"\"2\"", "\"3\""});
    assertThatCode(() -> seen.require(3)).doesNotThrowAnyException();
  }

  @Test
  void without_a_condition_every_version_will_do() {
    assertThatCode(() -> IfMatch.of(null).require(3)).doesNotThrowAnyException();
  }
}
