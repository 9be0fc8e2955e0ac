package io.cpdevents.accounts.names;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
    assertRefused("", "blank");
    assertRefused("\u2003 ", "blank");
    assertRefused("x".repeat(201), "too-long");
    assertRefused("a\0b", "invalid-characters");
    assertRefused("a\nb", "invalid-characters");
    assertRefused("a\u202Eb", "invalid-characters");
    assertRefused("a\uD800b", "invalid-characters");
  }

  private static void assertRefused(String name, String code) {
    assertThatThrownBy(() -> DisplayName.of("name", name))
        .isInstanceOfSatisfying(
            RuleViolation.class,
            refusal ->
                assertThat(refusal.errors())
                    .containsExactly(new RuleViolation.FieldError("name", code)));
  }
}
