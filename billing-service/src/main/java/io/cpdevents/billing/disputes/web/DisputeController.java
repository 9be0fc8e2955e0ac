package io.cpdevents.billing.disputes.web;

import io.cpdevents.billing.disputes.AcceptDispute;
import io.cpdevents.billing.disputes.DisputeQueries;
import io.cpdevents.billing.disputes.DisputeView;
import io.cpdevents.billing.disputes.EvidenceTexts;
import io.cpdevents.billing.disputes.GiveEvidence;
import io.cpdevents.billing.disputes.UploadEvidence;
import io.cpdevents.platform.idempotency.Intent;
import io.cpdevents.platform.idempotency.RequiresIdempotencyKey;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.OrganizationEndpoint;
import io.cpdevents.platform.security.OrganizationRole;
import io.cpdevents.platform.web.Page;
import io.cpdevents.platform.web.PageRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** Disputes over HTTP. */
@RestController
@RequestMapping("/api/v1")
class DisputeController {

  private static final int MAX_STATUS_CHARACTERS = 50;
  private static final int MAX_FILES = 9;

  /**
   * Evidence.
   *
   * @param fields absent ones stay as they were, empty ones are cleared
   * @param fileIds files that were uploaded, one for each purpose; absent: those before stay
   * @param submit whether all of it goes to the bank, which is final
   */
  record EvidenceBody(
      @Valid @Nullable EvidenceTexts fields,
      @Size(max = MAX_FILES) @Nullable List<UUID> fileIds,
      @NotNull Boolean submit) {}

  /** A file that was uploaded. */
  record UploadedView(UUID id) {}

  private final DisputeQueries queries;
  private final GiveEvidence giveEvidence;
  private final UploadEvidence uploadEvidence;
  private final AcceptDispute acceptDispute;

  DisputeController(
      DisputeQueries queries,
      GiveEvidence giveEvidence,
      UploadEvidence uploadEvidence,
      AcceptDispute acceptDispute) {
    this.queries = queries;
    this.giveEvidence = giveEvidence;
    this.uploadEvidence = uploadEvidence;
    this.acceptDispute = acceptDispute;
  }

  @GetMapping("/organizations/{id}/disputes")
  @OrganizationEndpoint({OrganizationRole.ADMIN, OrganizationRole.FINANCE})
  Page<DisputeView> disputesOfOrganization(
      Caller caller,
      @PathVariable UUID id,
      @RequestParam(required = false) @Size(max = MAX_STATUS_CHARACTERS) @Nullable String status,
      @RequestParam(required = false) DisputeView.@Nullable Kind kind,
      @RequestParam(required = false) @Nullable UUID eventId,
      @RequestParam(required = false) @Nullable Instant from,
      @RequestParam(required = false) @Nullable Instant to,
      PageRequest page) {
    return queries.ofOrganization(
        caller, id, new DisputeQueries.Filter(status, kind, eventId, from, to), page);
  }

  @GetMapping("/disputes/{id}")
  @OrganizationEndpoint({OrganizationRole.ADMIN, OrganizationRole.FINANCE})
  DisputeView dispute(Caller caller, @PathVariable UUID id) {
    return queries.one(caller, id);
  }

  /** A draft can be sent without a key: sending it again changes nothing. */
  @PostMapping("/disputes/{id}/evidence")
  @OrganizationEndpoint({OrganizationRole.ADMIN, OrganizationRole.FINANCE})
  DisputeView giveEvidence(
      Caller caller,
      Intent intent,
      @PathVariable UUID id,
      @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
      @RequestBody @Valid EvidenceBody body) {
    EvidenceTexts fields = body.fields();
    giveEvidence.handle(
        new GiveEvidence.Command(
            caller,
            id,
            intent.id(),
            fields == null ? Map.of() : fields.given(),
            body.fileIds(),
            body.submit(),
            key != null));
    return queries.one(caller, id);
  }

  @PostMapping(path = "/disputes/{id}/files", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
  @ResponseStatus(HttpStatus.CREATED)
  @OrganizationEndpoint({OrganizationRole.ADMIN, OrganizationRole.FINANCE})
  UploadedView uploadEvidence(
      Caller caller,
      Intent intent,
      @PathVariable UUID id,
      @RequestPart String purpose,
      @RequestPart MultipartFile file)
      throws IOException {
    uploadEvidence.handle(
        new UploadEvidence.Command(caller, id, intent.id(), purpose, file.getBytes()));
    return new UploadedView(intent.id());
  }

  @PostMapping("/disputes/{id}/acceptance")
  @RequiresIdempotencyKey
  @OrganizationEndpoint({OrganizationRole.ADMIN, OrganizationRole.FINANCE})
  DisputeView acceptDispute(Caller caller, Intent intent, @PathVariable UUID id) {
    acceptDispute.handle(new AcceptDispute.Command(caller, id, intent.id()));
    return queries.one(caller, id);
  }
}
