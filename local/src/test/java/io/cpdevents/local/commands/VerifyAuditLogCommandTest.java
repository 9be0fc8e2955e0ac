package io.cpdevents.local.commands;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.contracts.ContractsJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerifyAuditLogCommandTest {

  @Test
  void a_log_that_is_intact_is_told_with_what_would_not_show() {
    assertThat(
            tell(
                """
                {"intact": true, "entries": 1200000, "headHash": "ab", "next": null, "brokenAtSeq": null,
                 "tampering": null, "anchoredAt": "2027-03-01T15:00:00Z", "anchoredEntries": 1100000}
                """))
        .isEqualTo(
            """
            The audit log is intact: all 1,200,000 entries are what was written.
            Its end was last signed at 2027-03-01T15:00:00Z, with 1,100,000 entries: what is cut off after that does not show.
            """);
  }

  @Test
  void tampering_is_named_with_its_place() {
    assertThat(
            tell(
                """
                {"intact": false, "entries": 16, "headHash": "ab", "next": null, "brokenAtSeq": 17,
                 "tampering": "deleted-at-end", "anchoredAt": null, "anchoredEntries": 0}
                """))
        .isEqualTo(
            """
            The audit log is NOT what was written.
            Entry 17: it and all that followed it are gone (deleted-at-end). The 16 before it are intact.
            Its end was never signed yet: what is cut off there does not show.
            """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "changed",
        "swapped",
        "deleted",
        "deleted-at-end",
        "computed-anew",
        "unknown-key",
        "retired-key"
      })
  void each_kind_has_a_sentence_of_its_own(String tampering) {
    assertThat(tell("{\"intact\": false, \"tampering\": \"" + tampering + "\"}"))
        .contains("(" + tampering + ")")
        .doesNotContain("it is not what was written");
  }

  private static String tell(String found) {
    return VerifyAuditLogCommand.tell(ContractsJson.mapper().readTree(found));
  }
}
