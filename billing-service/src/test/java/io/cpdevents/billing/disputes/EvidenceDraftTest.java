package io.cpdevents.billing.disputes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cpdevents.billing.disputes.EvidenceDraft.File;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.error.FieldProblem;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.error.RuleViolation.FieldError;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EvidenceDraftTest {

  private static final EvidenceDraft EMPTY = new EvidenceDraft(Map.of(), List.of());

  private final File receipt = new File(Ids.next(), EvidencePurpose.RECEIPT, "file_1", 1_000);
  private final File otherReceipt = new File(Ids.next(), EvidencePurpose.RECEIPT, "file_2", 1_000);
  private final File policy = new File(Ids.next(), EvidencePurpose.REFUND_POLICY, "file_3", 1_000);
  private final List<File> uploaded = List.of(receipt, otherReceipt, policy);

  @Test
  void a_draft_goes_on_where_it_was() {
    EvidenceDraft draft =
        EMPTY
            .with(Map.of("customerName", "Ada", "serviceDate", "1 May"), ids(receipt), uploaded)
            .with(Map.of("customerName", "", "productDescription", "A course"), null, uploaded);

    assertThat(draft.texts())
        .containsOnly(
            Map.entry("serviceDate", "1 May"), Map.entry("productDescription", "A course"));
    assertThat(draft.files()).containsExactly(receipt);
    assertThat(draft.with(Map.of(), List.of(), uploaded).files()).isEmpty();
  }

  @Test
  void stripe_is_told_everything_so_that_what_is_not_there_is_cleared() {
    Map<String, String> told =
        EMPTY.with(Map.of("customerPurchaseIp", "192.0.2.1"), ids(policy), uploaded).toStripe();

    assertThat(told)
        .hasSize(27)
        .containsEntry("customer_purchase_ip", "192.0.2.1")
        .containsEntry("refund_policy", "file_3")
        .containsEntry("receipt", "")
        .containsEntry("uncategorized_text", "");
  }

  @Test
  void files_must_be_there_and_have_different_purposes() {
    assertErrors(List.of(Ids.next()), FieldProblem.NOT_FOUND.at("fileIds[0]"));
    assertErrors(ids(receipt, otherReceipt), FieldProblem.PURPOSE_TAKEN.at("fileIds[1]"));
  }

  @Test
  void more_than_a_bank_takes_is_refused() {
    String text = "x".repeat(80_000);
    assertThatThrownBy(() ->
            EMPTY.with(
                Map.of("productDescription", text, "uncategorizedText", text), null, uploaded))
        .isInstanceOf(RuleViolation.class);
    File large = new File(Ids.next(), EvidencePurpose.RECEIPT, "file_4", 4_718_592);
    assertThatThrownBy(() -> EMPTY.with(Map.of(), ids(large, policy), List.of(large, policy)))
        .isInstanceOf(RuleViolation.class);
    assertThat(EMPTY.with(Map.of(), ids(large), List.of(large)).isEmpty()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "receipt, RECEIPT",
    "uncategorized-file, UNCATEGORIZED_FILE",
    "service_documentation, SERVICE_DOCUMENTATION",
    "dispute-evidence, UNCATEGORIZED_FILE",
    "dispute_evidence, UNCATEGORIZED_FILE"
  })
  void a_purpose_is_one_of_stripes_or_anything(String name, EvidencePurpose purpose) {
    assertThat(EvidencePurpose.named(name)).contains(purpose);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "RECEIPT", "invoice"})
  void another_purpose_is_none(String name) {
    assertThat(EvidencePurpose.named(name)).isEmpty();
  }

  @Test
  void the_type_of_a_file_is_read_from_its_content() {
    assertThat(EvidenceFileType.of("%PDF-1.7 ...".getBytes(StandardCharsets.US_ASCII)))
        .contains(EvidenceFileType.PDF);
    assertThat(EvidenceFileType.of(new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff, 0}))
        .contains(EvidenceFileType.JPEG);
    assertThat(
            EvidenceFileType.of(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0}))
        .contains(EvidenceFileType.PNG);
    assertThat(EvidenceFileType.of("<html>".getBytes(StandardCharsets.US_ASCII))).isEmpty();
    assertThat(EvidenceFileType.of(new byte[] {'%', 'P'})).isEmpty();
  }

  private void assertErrors(List<UUID> chosen, FieldError error) {
    assertThatThrownBy(() -> EMPTY.with(Map.of(), chosen, uploaded))
        .isInstanceOfSatisfying(
            RuleViolation.class, refusal -> assertThat(refusal.errors()).containsExactly(error));
  }

  private static List<UUID> ids(File... files) {
    return List.of(files).stream().map(File::id).toList();
  }
}
