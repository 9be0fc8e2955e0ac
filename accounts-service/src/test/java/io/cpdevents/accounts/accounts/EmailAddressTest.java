package io.cpdevents.accounts.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cpdevents.platform.error.FieldProblem;
import io.cpdevents.platform.error.RuleViolation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTest {

  @Test
  void an_address_has_one_form() {
    assertThat(EmailAddress.of("  Ada.Lovelace+CPD@Example.ORG ").value())
        .isEqualTo("ada.lovelace+cpd@example.org");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a@b.co", "admin@cpd.local", "o'neil@mail.example.com", "x_1@a-b.example"})
  void usual_addresses_are_taken(String address) {
    assertThat(EmailAddress.of(address).value()).isEqualTo(address);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "@",
        "a@",
        "@b.co",
        "a b@c.de",
        "a@b",
        "a@b..co",
        ".a@b.co",
        "a.@b.co",
        "a..b@c.de",
        "a@-b.co",
        "a@b-.co",
        "a@b.co\nbcc: x@y.zz",
        "a@b.co,c@d.ee",
        "<a@b.co>",
        "a@[127.0.0.1]",
        "\u212Aelvin@example.org",
        "tom\u00E9@example.org",
        "a@ex\u0430mple.org"
      })
  void what_is_no_usual_address_is_refused(String address) {
    assertRefused(address);
  }

  @Test
  void an_address_that_is_too_long_is_refused() {
    assertRefused("a".repeat(65) + "@example.org");
    assertRefused("a@" + "b.".repeat(130) + "org");
  }

  private static void assertRefused(String address) {
    assertThatThrownBy(() -> EmailAddress.of(address))
        .isInstanceOfSatisfying(
            RuleViolation.class,
            refusal ->
                assertThat(refusal.errors())
                    .containsExactly(FieldProblem.INVALID_EMAIL.at("email")));
  }
}
