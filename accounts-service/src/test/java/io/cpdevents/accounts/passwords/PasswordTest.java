package io.cpdevents.accounts.passwords;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cpdevents.accounts.secrets.SecretText;
import io.cpdevents.platform.error.FieldProblem;
import io.cpdevents.platform.error.RuleViolation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordTest {

  private static final String EMAIL = "ada.lovelace@example.org";

  @Test
  void twelve_characters_of_any_kind_do() {
    assertThat(chosen("twelve words").normalized()).isEqualTo("twelve words");
    assertThat(chosen("correct horse battery staple").normalized()).isNotEmpty();
    assertThat(
            chosen("\uD83D\uDD11\uD83D\uDC0E\uD83C\uDF33\uD83C\uDF2A\uD83C\uDF0B".repeat(3))
                .normalized())
        .isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "            ",
        "aaaaaaaaaaaa",
        "123412341234",
        "password1234",
        "PassWord1234",
        "pass word 1234",
        "P@ssw0rd2025",
        "qwertyuiop12",
        "1q2w3e4r5t6y",
        "iloveyou2024",
        "passwordpassword",
        "november2026",
        "123456789012",
        "1qaz2wsx3edc",
        "qazwsxedcrfv",
        "azertyuiop12",
        "Bonjour12345",
        "motdepasse2026",
        "qwertyuiopas",
        "CpdEvents2026",
      })
  void what_is_guessed_first_is_refused(String guessed) {
    assertRefused(guessed, FieldProblem.TOO_EASY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "AdaLovelace1815",
        "lovelace.ada",
        "Lovelace-2025!",
        "ada.lovelace.example",
        "example.org 1815",
        "AdaLovelace12345678",
        "lovelace987654321",
        "Lovelace aaaaaaaaaa",
      })
  void little_more_than_ones_own_name_and_address_is_refused(String own) {
    assertRefused(own, FieldProblem.TOO_EASY);
  }

  @Test
  void ones_own_name_with_much_else_does() {
    assertThat(chosen("Lovelace and the engine").normalized()).isNotEmpty();
  }

  @Test
  void the_list_has_only_what_could_be_chosen() throws IOException {
    try (InputStream list =
        Objects.requireNonNull(Password.class.getResourceAsStream("/passwords/common.txt"))) {
      List<String> lines = new String(list.readAllBytes(), StandardCharsets.UTF_8).lines().toList();

      assertThat(lines).hasSizeGreaterThan(19_000).doesNotHaveDuplicates().isSorted();
      assertThat(lines)
          .allSatisfy(line -> {
            assertThat(line).hasSizeGreaterThanOrEqualTo(Password.MIN_CHARACTERS);
            assertThat(line).isEqualTo(line.toLowerCase(Locale.ROOT));
          });
    }
  }

  @Test
  void short_long_and_obvious_ones_are_refused() {
    assertRefused("eleven char", FieldProblem.WRONG_LENGTH);
    assertRefused("\uD83D\uDD11".repeat(11), FieldProblem.WRONG_LENGTH);
    assertRefused("abcdefg".repeat(19), FieldProblem.WRONG_LENGTH);
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
    return Password.chosen(new SecretText(text), new PasswordOwner(EMAIL, "Ada Lovelace"));
  }

  private static void assertRefused(String text, FieldProblem code) {
    assertThatThrownBy(() -> chosen(text))
        .isInstanceOfSatisfying(
            RuleViolation.class,
            refusal -> assertThat(refusal.errors()).containsExactly(code.at("password")));
  }
}
