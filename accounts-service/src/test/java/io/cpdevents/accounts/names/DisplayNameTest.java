package io.cpdevents.accounts.names;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cpdevents.platform.error.FieldProblem;
import io.cpdevents.platform.error.RuleViolation;
import org.junit.jupiter.api.Test;

class DisplayNameTest {

  @Test
  void a_name_is_kept_without_blanks_around_it_and_composed() {
    assertThat(DisplayName.of("name", "  Zoe\u0308 O'Neil-\u674E \uD83D\uDC4B "))
        .isEqualTo("Zo\u00EB O'Neil-\u674E \uD83D\uDC4B");
    assertThat(DisplayName.of("name", "x".repeat(200))).hasSize(200);
  }

  @Test
  void what_cannot_be_printed_is_refused() {
    assertRefused("", FieldProblem.BLANK);
    assertRefused("\u2003 ", FieldProblem.BLANK);
    assertRefused("x".repeat(201), FieldProblem.TOO_LONG);
    assertRefused("a\0b", FieldProblem.INVALID_CHARACTERS);
    assertRefused("a\nb", FieldProblem.INVALID_CHARACTERS);
    assertRefused("a\u202Eb", FieldProblem.INVALID_CHARACTERS);
    assertRefused("a\uD800b", FieldProblem.INVALID_CHARACTERS);
  }

  private static void assertRefused(String name, FieldProblem code) {
    assertThatThrownBy(() -> DisplayName.of("name", name))
        .isInstanceOfSatisfying(
            RuleViolation.class,
            refusal -> assertThat(refusal.errors()).containsExactly(code.at("name")));
  }
}
