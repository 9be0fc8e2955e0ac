package io.cpdevents.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.exception.IdempotencyException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.RateLimitException;
import com.stripe.exception.StripeException;
import com.stripe.model.Charge;
import com.stripe.model.Dispute;
import com.stripe.model.File;
import com.stripe.net.RequestOptions;
import com.stripe.param.DisputeRetrieveParams;
import com.stripe.param.DisputeUpdateParams;
import com.stripe.param.DisputeUpdateParams.Evidence;
import com.stripe.param.FileCreateParams;
import com.stripe.param.FileListParams;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileIT extends RunningSandbox {
  private static final byte[] PDF = {0x25, 0x50, 0x44, 0x46, 0x2d, 0x31};
  private static final byte[] PNG = {(byte) 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a};
  private static final int FIVE_MEGABYTES = 5 * 1024 * 1024;

  @TempDir Path directory;

  @Test
  void a_file_is_uploaded_to_the_files_host_and_shown_by_the_api() throws Exception {
    Path receipt = Files.write(directory.resolve("receipt.pdf"), PDF);

    File file =
        client()
            .v1()
            .files()
            .create(
                FileCreateParams.builder()
                    .setPurpose(FileCreateParams.Purpose.DISPUTE_EVIDENCE)
                    .setFile(receipt.toFile())
                    .build());

    assertThat(file.getId()).startsWith("file_");
    assertThat(file.getFilename()).isEqualTo("receipt.pdf");
    assertThat(file.getType()).isEqualTo("pdf");
    assertThat(file.getSize()).isEqualTo(PDF.length);
    assertThat(file.getExpiresAt()).isGreaterThan(file.getCreated() + 270 * 86_400L);
    assertThat(client().v1().files().retrieve(file.getId()).getPurpose())
        .isEqualTo("dispute_evidence");
    upload(PNG);
    assertThat(
            client()
                .v1()
                .files()
                .list(
                    FileListParams.builder()
                        .setPurpose(FileListParams.Purpose.DISPUTE_EVIDENCE)
                        .build())
                .getData())
        .extracting(File::getType)
        .containsExactly("png", "pdf");
  }

  @Test
  void a_file_of_another_kind_or_size_or_purpose_is_refused() {
    assertRefused(() -> upload(new byte[] {1, 2, 3, 4}), "file");
    assertRefused(() -> upload(new byte[0]), "file");
    assertRefused(() -> upload(Arrays.copyOf(PDF, FIVE_MEGABYTES + 1)), "file");
    assertRefused(
        () -> upload(PDF, FileCreateParams.Purpose.IDENTITY_DOCUMENT, "key-1"), "purpose");
    assertThat(send(form("/v1/files", "purpose=dispute_evidence&file=x")).status()).isEqualTo(400);
    assertThat(send(form("/v1/files", "nonsense=1")).status()).isEqualTo(400);
    assertThat(send(api("/v1/files/file_none")).status()).isEqualTo(404);
  }

  @Test
  void a_file_of_exactly_the_maximum_size_is_accepted() throws Exception {
    assertThat(upload(Arrays.copyOf(PDF, FIVE_MEGABYTES)).getSize()).isEqualTo(FIVE_MEGABYTES);
  }

  @Test
  void an_invalid_upload_is_refused_with_stripes_error() {
    assertRefused(() -> upload(Arrays.copyOf(PDF, 17 * 1024 * 1024)), "file");
    Answer torn =
        send(
            api("/v1/files")
                .header("Content-Type", "multipart/form-data; boundary=x")
                .POST(HttpRequest.BodyPublishers.ofString("--x\r\nnonsense")));
    assertThat(torn.status()).isEqualTo(400);
    assertThat(torn.json().get("error").get("type").asString()).isEqualTo("invalid_request_error");
  }

  private void assertRefused(Upload upload, String param) {
    assertThatThrownBy(upload::send)
        .isInstanceOfSatisfying(
            InvalidRequestException.class, e -> assertThat(e.getParam()).isEqualTo(param));
  }

  /** An upload that is expected to be refused. */
  @FunctionalInterface
  private interface Upload {
    File send() throws StripeException, IOException;
  }

  @Test
  void the_same_key_uploads_the_same_file_once_and_no_other() throws Exception {
    File first = upload(PDF, FileCreateParams.Purpose.DISPUTE_EVIDENCE, "key-1");
    File second = upload(PDF, FileCreateParams.Purpose.DISPUTE_EVIDENCE, "key-1");

    assertThat(second.getId()).isEqualTo(first.getId());
    assertThatThrownBy(() -> upload(PNG, FileCreateParams.Purpose.DISPUTE_EVIDENCE, "key-1"))
        .isInstanceOf(IdempotencyException.class);
    assertThat(client().v1().files().list().getData()).hasSize(1);
  }

  @Test
  void faults_affect_uploads_too() {
    lever("PUT", "faults", "[{\"path\": \"/v1/files\", \"times\": 1, \"kind\": \"429\"}]");

    assertThatThrownBy(() -> upload(PDF)).isInstanceOf(RateLimitException.class);
  }

  @Test
  void files_are_accepted_as_evidence_up_to_a_total_size() throws Exception {
    Charge charge = paidCharge(5_000, PAYS);
    String id =
        lever("POST", "charges/" + charge.getId() + "/disputes", "{}").json().get("id").asString();
    String large = upload(Arrays.copyOf(PDF, FIVE_MEGABYTES)).getId();
    String small = upload(PNG).getId();

    assertThatThrownBy(() ->
            client()
                .v1()
                .disputes()
                .update(
                    id,
                    DisputeUpdateParams.builder()
                        .setEvidence(Evidence.builder().setReceipt(large).build())
                        .build()))
        .hasMessageContaining("4.5 MB");
    client()
        .v1()
        .disputes()
        .update(
            id,
            DisputeUpdateParams.builder()
                .setEvidence(Evidence.builder().setServiceDocumentation(small).build())
                .build());

    Dispute dispute =
        client()
            .v1()
            .disputes()
            .retrieve(
                id,
                DisputeRetrieveParams.builder()
                    .addExpand("evidence.service_documentation")
                    .build());
    assertThat(dispute.getStatus()).isEqualTo("under_review");
    assertThat(dispute.getEvidence().getReceipt()).isNull();
    assertThat(dispute.getEvidence().getServiceDocumentationObject().getType()).isEqualTo("png");
  }

  private File upload(byte[] content) throws StripeException {
    return upload(
        content, FileCreateParams.Purpose.DISPUTE_EVIDENCE, "upload-" + System.nanoTime());
  }

  private File upload(byte[] content, FileCreateParams.Purpose purpose, String key)
      throws StripeException {
    return client()
        .v1()
        .files()
        .create(
            FileCreateParams.builder()
                .setPurpose(purpose)
                .setFile(new ByteArrayInputStream(content))
                .build(),
            RequestOptions.builder().setIdempotencyKey(key).build());
  }
}
