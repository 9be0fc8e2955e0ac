package io.cpdevents.accounts.auditlog.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditAnchorsTopicTest {

  private static final String ANCHOR =
      """
      {"keyId": "k", "entries": 1, "headHash": "h", "anchoredAt": "2027-03-01T12:00:00Z", "signature": "s"%s}
      """;

  @Test
  void an_anchor_is_read_whatever_else_it_says() {
    assertThat(AuditAnchorsTopic.anchorIn(bytes(ANCHOR.formatted(""))).orElseThrow().entries())
        .isEqualTo(1);
    assertThat(AuditAnchorsTopic.anchorIn(bytes(ANCHOR.formatted(", \"more\": [1]")))).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{}",
        "7",
        "{\"keyId\": \"k\", \"entries\": 1}",
        "{\"entries\": 1e400}",
        "{\"entries\": 99999999999999999999}",
        "{\"anchoredAt\": 999999999999999999}",
        "{\"anchoredAt\": 1e999999999}",
        "{\"keyId\": {\"keyId\": null}}"
      })
  void whatever_else_a_record_is_is_no_anchor_and_ends_no_check(String record) {
    assertThat(AuditAnchorsTopic.anchorIn(bytes(record))).isEmpty();
  }

  @Test
  void nor_is_a_tombstone_or_a_large_record() {
    assertThat(AuditAnchorsTopic.anchorIn(null)).isEmpty();
    assertThat(
            AuditAnchorsTopic.anchorIn(
                bytes(ANCHOR.formatted(", \"more\": \"" + "x".repeat(5_000) + "\""))))
        .isEmpty();
    assertThat(AuditAnchorsTopic.anchorIn(bytes("[".repeat(4_000)))).isEmpty();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
