package io.cpdevents.gateway.connections;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallerAddressTest {

  @ParameterizedTest
  @CsvSource({
    "203.0.113.9, 203.0.113.9",
    "203.0.113.9:50123, 203.0.113.9",
    "2001:DB8::1, 2001:db8:0:0:0:0:0:1",
    "[2001:db8::1], 2001:db8:0:0:0:0:0:1",
    "[2001:db8::1]:443, 2001:db8:0:0:0:0:0:1",
    "::ffff:203.0.113.9, 203.0.113.9"
  })
  void an_address_has_one_form(String told, String address) {
    assertThat(CallerAddress.of(told)).hasValue(address);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "unknown",
        "_hidden",
        "1",
        "127.1",
        "256.1.1.1",
        "203.0.113.9:x",
        "[junk]",
        "[::1",
        "::1::2",
        "localhost",
        "203.0.113.9 \"admin\"",
        "fe80::1%nothing"
      })
  void what_is_none_is_not_taken_for_one(String told) {
    assertThat(CallerAddress.of(told)).isEmpty();
  }
}
