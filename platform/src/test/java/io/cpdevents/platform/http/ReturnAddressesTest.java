package io.cpdevents.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReturnAddressesTest {

  private final ReturnAddresses addresses =
      new ReturnAddresses(
          List.of(
              "http://localhost:8080",
              "",
              "http://localhost:5173/app/",
              " https://events.example"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost:8080/done",
        "http://LOCALHOST:8080/done?x=1#y",
        "http://localhost:5173/app/registrations/1?checkout=done",
        "https://events.example",
        "https://events.example:443/a",
        "https://events.example/done?session={CHECKOUT_SESSION_ID}",
      })
  void our_own_addresses_are_good(String url) {
    assertThat(addresses.faultOf(url)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "done",
        "/done",
        "//localhost:8080/",
        "http://localhost:8081/",
        "https://localhost:8080/",
        "http://localhost:8080@evil.example/",
        "http://user@localhost:8080/",
        "http://localhost:8080.evil.example/",
        "http://evil.example/http://localhost:8080/",
        "javascript:alert(1)",
        "ftp://localhost:8080/",
        "http://",
        "http://local host:8080/",
        "http:\\\\localhost:8080\\",
        "\u0000",
        "\uD83D\uDE00",
      })
  void all_others_are_refused(String url) {
    assertThat(addresses.faultOf(url)).isPresent();
  }
}
