package io.cpdevents.accounts.passwords;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cpdevents.accounts.secrets.SecretText;
import io.cpdevents.platform.error.FieldProblem;
import io.cpdevents.platform.error.RuleViolation;
import org.junit.jupiter.api.Test;

class PasswordTest {

  private static final String EMAIL = "ada.lovelace@example.org";

  @Test
  void any_twelve_characters_do() {
    assertThat(chosen("aaaaaaaaaaaa").normalized()).hasSize(12);
    assertThat(chosen("twelve words").normalized()).isEqualTo("twelve words");
    assertThat(chosen("\uD83D\uDD11".repeat(12)).normalized()).isNotEmpty();
  }

  @Test
  void short_long_and_obvious_ones_are_refused() {
    assertRefused("eleven char", FieldProblem.WRONG_LENGTH);
    assertRefused("\uD83D\uDD11".repeat(11), FieldProblem.WRONG_LENGTH);
    assertRefused("x".repeat(129), FieldProblem.WRONG_LENGTH);
    assertRefused(" Ada.Lovelace@Example.org", FieldProblem.IS_EMAIL);
  }

  @Test
  void one_password_typed_on_two_keyboards_is_one_password() {
    assertThat(chosen("caf\u00E9 au lait noir")).isEqualTo(chosen("cafe\u0301 au lait noir"));
  }

  @Test
  void a_password_never_prints_itself() {
    assertThat(chosen("correct horse battery").toString()).isEqualTo("(hidden)");
    assertThat(new SecretText("correct horse battery").toString()).isEqualTo("(hidden)");
  }

  private static Password chosen(String text) {
    return Password.chosen(new SecretText(text), EMAIL);
  }

  private static void assertRefused(String text, FieldProblem code) {
    assertThatThrownBy(() -> chosen(text))
        .isInstanceOfSatisfying(
            RuleViolation.class,
            refusal -> assertThat(refusal.errors()).containsExactly(code.at("password")));
  }
}
