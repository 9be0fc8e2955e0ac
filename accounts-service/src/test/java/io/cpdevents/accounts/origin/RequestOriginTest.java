package io.cpdevents.accounts.origin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletRequest;

class RequestOriginTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "203.0.113.7|203.0.113.7|203.0.113.7|203.0.113.7",
        "2001:db8:1:2:3:4:5:6|2001:db8:1:2:3:4:5:6|20010db8000100/56|20010db80001/48",
        "2001:db8:1:2::9|2001:db8:1:2:0:0:0:9|20010db8000100/56|20010db80001/48",
        "not an address|unknown|unknown|unknown",
      })
  void limits_count_by_what_one_caller_easily_has(
      String remote, String address, String network, String allotment) {
    MockHttpServletRequest request = new MockHttpServletRequest();
    request.setRemoteAddr(remote);

    RequestOrigin origin = RequestOrigin.of(request);

    assertThat(origin.ipAddress()).isEqualTo(address);
    assertThat(origin.network()).isEqualTo(network);
    assertThat(origin.allotment()).isEqualTo(allotment);
    assertThat(origin.device()).isEqualTo("Unknown device");
  }

  @Test
  void a_device_is_told_in_words() {
    assertThat(
            Device.describe(
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1"))
        .isEqualTo("Safari on iPhone");
    assertThat(
            Device.describe(
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0"))
        .isEqualTo("Edge on Windows");
    assertThat(Device.describe("curl/8.5.0")).isEqualTo("curl");
    assertThat(Device.describe("<script>alert(1)</script>")).isEqualTo("scriptalert1");
    assertThat(Device.describe("www.phishing.example/1")).isEqualTo("wwwphishingexample");
    assertThat(Device.describe("x".repeat(5_000))).hasSize(40);
    assertThat(Device.describe(" ")).isEqualTo("Unknown device");
  }
}
