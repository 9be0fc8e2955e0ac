package io.cpdevents.gateway.filter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTraceTest {

  @Test
  void a_well_formed_trace_is_kept() {
    assertThat(
            RequestTrace.isTraceParent("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"))
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00",
        "01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
        "00-00000000000000000000000000000000-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more",
        "00-0af7651916cd43dd8448eb211c80319c_b7ad6b7169203331-01"
      })
  void a_malformed_trace_is_replaced(String text) {
    assertThat(RequestTrace.isTraceParent(text)).isFalse();
  }

  @Test
  void a_correlation_id_is_short_and_has_plain_characters() {
    assertThat(RequestTrace.isCorrelationId("Order_4711.a-b")).isTrue();
    assertThat(RequestTrace.isCorrelationId("a".repeat(64))).isTrue();
    assertThat(RequestTrace.isCorrelationId("a".repeat(65))).isFalse();
    assertThat(RequestTrace.isCorrelationId("")).isFalse();
    assertThat(RequestTrace.isCorrelationId("a\nb")).isFalse();
    assertThat(RequestTrace.isCorrelationId("é")).isFalse();
  }
}
