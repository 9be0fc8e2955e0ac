package io.cpdevents.gateway.filter;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cpdevents.gateway.problem.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestValidationTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/api/v1/events",
        "/api/v1/events/",
        "/api/v1/events/0190a5c2-7b1e-7c3a-8d52-0123456789ab",
        "/a/caf%C3%A9",
        "/a/%40b"
      })
  void ordinary_paths_pass(String path) {
    assertThatCode(() -> RequestValidation.checkPath(path)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "//",
        "/a//b",
        "/a/./b",
        "/a/../b",
        "/a/..",
        "/a/.",
        "/a/..;/b",
        "/a;x=1",
        "/a/%2e%2e/b",
        "/a/.%2e/b",
        "/a%2fb",
        "/a%5Cb",
        "/a\\b",
        "/a%00",
        "/a%0d%0aX:y",
        "/a%3Bb",
        "/a%252e",
        "/%61ctuator",
        "/a%",
        "/a%4",
        "/a%zz",
        "/a b",
        "/a<b>",
        "/é"
      })
  void unusual_paths_are_refused(String path) {
    assertThatThrownBy(() -> RequestValidation.checkPath(path)).isInstanceOf(Refusal.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a=%", "a=%zz", "a=%00", "a=<", "a= "})
  void unusual_queries_are_refused(String query) {
    assertThatThrownBy(() -> RequestValidation.checkQuery(query)).isInstanceOf(Refusal.class);
  }

  @Test
  void long_paths_and_queries_are_refused() {
    assertThatThrownBy(() -> RequestValidation.checkPath("/" + "a".repeat(2_000)))
        .isInstanceOf(Refusal.class);
    assertThatThrownBy(() -> RequestValidation.checkQuery("a=" + "b".repeat(5_000)))
        .isInstanceOf(Refusal.class);
  }
}
