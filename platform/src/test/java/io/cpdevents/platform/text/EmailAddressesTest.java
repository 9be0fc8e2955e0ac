package io.cpdevents.platform.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressesTest {

  @ParameterizedTest
  @CsvSource({
    "'  Ada.Lovelace+CPD@Example.ORG ', ada.lovelace+cpd@example.org",
    "\u00a0ada@example.org\u200b, ada@example.org",
    "ada@B\u00dcCHER.example, ada@xn--bcher-kva.example",
    "ada@bu\u0308cher.example, ada@xn--bcher-kva.example",
    "ada@XN--BCHER-KVA.example, ada@xn--bcher-kva.example",
    "ada@ex\u0430mple.org, ada@xn--exmple-4nf.org",
    "ada@xn--fa-hia.example, ada@xn--fa-hia.example",
    "ada@fa\u00df.example, ada@xn--fa-hia.example",
    "ada@FA\u1e9e.example, ada@xn--fa-hia.example",
    "ada@\u03b2\u03cc\u03bb\u03bf\u03c2.example, ada@xn--nxasmm1c.example",
    "ada@example\u3002org, ada@example.org",
  })
  void an_address_has_one_form(String typed, String form) {
    assertThat(EmailAddresses.normalForm(typed)).contains(form);
    assertThat(EmailAddresses.normalForm(form)).contains(form);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a@b.co", "admin@cpd.local", "o'neil@mail.example.com", "x_1@a-b.example"})
  void usual_addresses_are_taken(String address) {
    assertThat(EmailAddresses.normalForm(address)).contains(address);
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
        "a@127.0.0.1",
        "a@example.123",
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
        "a@xn--.example",
        "a@xn--\u00fc.example",
        "a@b_c.example",
        "a@exam\u200dple.org",
        "\u212Aelvin@example.org",
        "tom\u00E9@example.org",
        "a\u202e@example.org"
      })
  void what_is_no_usual_address_is_refused(String address) {
    assertThat(EmailAddresses.normalForm(address)).isEmpty();
  }

  @Test
  void an_address_that_is_too_long_is_refused() {
    assertThat(EmailAddresses.normalForm("a".repeat(65) + "@example.org")).isEmpty();
    assertThat(EmailAddresses.normalForm("a@" + "b.".repeat(130) + "org")).isEmpty();
  }
}
