package io.cpdevents.gateway.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.Cookie;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

class SessionTokenTest {

  /** As accounts-service makes them: the last eight characters are a CRC-32. */
  private static final String KEY = "cpdk_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" + "4bdd35d3";

  @Test
  void an_api_key_with_a_wrong_checksum_is_no_token() {
    assertThat(inHeader(KEY).isWellFormed()).isTrue();
    assertThat(inHeader(KEY.replace("cpdk_A", "cpdk_B")).isWellFormed()).isFalse();
    assertThat(inHeader(KEY + "0").isWellFormed()).isFalse();
    assertThat(inHeader("cpdk_").isWellFormed()).isFalse();
    assertThat(inHeader("cpdk_0000000").isWellFormed()).isFalse();
    assertThat(inHeader("a-session-s-token").isWellFormed()).isTrue();
  }

  @Test
  void an_api_key_does_not_come_in_a_cookie() {
    MockHttpServletRequest request = new MockHttpServletRequest();
    request.setCookies(new Cookie("session", KEY));
    assertThat(Objects.requireNonNull(SessionToken.of(request, "session")).isWellFormed())
        .isFalse();
  }

  private static SessionToken inHeader(String token) {
    MockHttpServletRequest request = new MockHttpServletRequest();
    request.addHeader("Authorization", "Bearer " + token);
    return Objects.requireNonNull(SessionToken.of(request, "session"));
  }
}
