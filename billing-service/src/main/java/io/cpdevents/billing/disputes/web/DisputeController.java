package io.cpdevents.billing.disputes.web;

import io.cpdevents.billing.BillingProblem;
import io.cpdevents.billing.Refuses;
import io.cpdevents.billing.disputes.AcceptDispute;
import io.cpdevents.billing.disputes.DisputeQueries;
import io.cpdevents.billing.disputes.DisputeView;
import io.cpdevents.billing.disputes.EvidencePurpose;
import io.cpdevents.billing.disputes.EvidenceTexts;
import io.cpdevents.billing.disputes.GiveEvidence;
import io.cpdevents.billing.disputes.UploadEvidence;
import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.RefusesCommonly;
import io.cpdevents.platform.idempotency.Intent;
import io.cpdevents.platform.idempotency.RequiresIdempotencyKey;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.OrganizationEndpoint;
import io.cpdevents.platform.security.OrganizationRole;
import io.cpdevents.platform.security.PlatformRole;
import io.cpdevents.platform.security.StepUp;
import io.cpdevents.platform.sql.Period;
import io.cpdevents.platform.text.OneLine;
import io.cpdevents.platform.web.Page;
import io.cpdevents.platform.web.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
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
@Tag(name = "Disputes", description = "Payments that buyers dispute at their banks.")
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
  @Schema(name = "NewEvidence")
  record EvidenceBody(
      @Valid @Nullable EvidenceTexts fields,
      @Size(max = MAX_FILES) @Nullable List<@NotNull UUID> fileIds,
      @NotNull @Schema(example = "false") Boolean submit) {}

  /** A file that was uploaded. */
  @Schema(name = "UploadedFile")
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

  @Operation(summary = "The disputes of payments to an organization")
  @GetMapping("/organizations/{organizationId}/disputes")
  @OrganizationEndpoint(
      value = {OrganizationRole.ADMIN, OrganizationRole.FINANCE},
      platform = {PlatformRole.PLATFORM_FINANCE, PlatformRole.PLATFORM_SUPPORT})
  Page<DisputeView> listOrganizationDisputes(
      Caller caller,
      @PathVariable UUID organizationId,
      @RequestParam(required = false) @OneLine(max = MAX_STATUS_CHARACTERS) @Nullable String status,
      @RequestParam(required = false) DisputeView.@Nullable Kind kind,
      @RequestParam(required = false) @Nullable UUID eventId,
      Period period,
      PageRequest page) {
    return queries.ofOrganization(
        caller, organizationId, new DisputeQueries.Filter(status, kind, eventId, period), page);
  }

  @Operation(summary = "A dispute with its evidence")
  @Refuses({BillingProblem.DISPUTE_NOT_FOUND})
  @GetMapping("/disputes/{disputeId}")
  @OrganizationEndpoint(
      value = {OrganizationRole.ADMIN, OrganizationRole.FINANCE},
      platform = {PlatformRole.PLATFORM_FINANCE, PlatformRole.PLATFORM_SUPPORT})
  DisputeView getDispute(Caller caller, @PathVariable UUID disputeId) {
    return queries.one(caller, disputeId);
  }

  /** A draft can be sent without a key: sending it again changes nothing. */
  @Operation(summary = "Draft evidence, or submit it to the bank")
  @Refuses({
    BillingProblem.DISPUTE_NOT_FOUND,
    BillingProblem.DISPUTE_CLOSED,
    BillingProblem.ALREADY_SUBMITTED,
    BillingProblem.NO_RESPONSE_ALLOWED,
    BillingProblem.EVIDENCE_REFUSED
  })
  @RefusesCommonly({
    CommonProblem.STRIPE_UNAVAILABLE,
    CommonProblem.IDEMPOTENCY_KEY_REQUIRED,
    CommonProblem.WRONG_STATE
  })
  @PostMapping("/disputes/{disputeId}/evidence")
  @OrganizationEndpoint(
      value = {OrganizationRole.ADMIN, OrganizationRole.FINANCE},
      platform = PlatformRole.PLATFORM_FINANCE)
  DisputeView giveEvidence(
      Caller caller,
      Intent intent,
      @PathVariable UUID disputeId,
      @Parameter(hidden = true) @RequestHeader(name = "Idempotency-Key", required = false)
          @Nullable String key,
      @RequestBody @Valid EvidenceBody body) {
    EvidenceTexts fields = body.fields();
    giveEvidence.handle(
        new GiveEvidence.Command(
            caller,
            disputeId,
            intent.id(),
            fields == null ? Map.of() : fields.given(),
            body.fileIds(),
            body.submit(),
            key != null));
    return queries.one(caller, disputeId);
  }

  @Operation(summary = "Upload a file of evidence")
  @Refuses({
    BillingProblem.DISPUTE_NOT_FOUND,
    BillingProblem.DISPUTE_CLOSED,
    BillingProblem.ALREADY_SUBMITTED,
    BillingProblem.NO_RESPONSE_ALLOWED,
    BillingProblem.TOO_MANY_FILES,
    BillingProblem.FILE_REFUSED
  })
  @RefusesCommonly({
    CommonProblem.STRIPE_UNAVAILABLE,
    CommonProblem.UNSUPPORTED_MEDIA_TYPE,
    CommonProblem.WRONG_STATE
  })
  @PostMapping(path = "/disputes/{disputeId}/files", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
  @ResponseStatus(HttpStatus.CREATED)
  @OrganizationEndpoint(
      value = {OrganizationRole.ADMIN, OrganizationRole.FINANCE},
      platform = PlatformRole.PLATFORM_FINANCE)
  ResponseEntity<UploadedView> uploadEvidence(
      Caller caller,
      Intent intent,
      @PathVariable UUID disputeId,
      @RequestPart @Schema(implementation = EvidencePurpose.class) String purpose,
      @RequestPart MultipartFile file)
      throws IOException {
    uploadEvidence.handle(
        new UploadEvidence.Command(caller, disputeId, intent.id(), purpose, file.getBytes()));
    // Its files are read with the dispute.
    return ResponseEntity.created(URI.create("/api/v1/disputes/" + disputeId))
        .body(new UploadedView(intent.id()));
  }

  @Operation(summary = "Accept a dispute: the money stays with the buyer")
  @Refuses({
    BillingProblem.DISPUTE_NOT_FOUND,
    BillingProblem.DISPUTE_CLOSED,
    BillingProblem.ALREADY_SUBMITTED,
    BillingProblem.NO_RESPONSE_ALLOWED,
    BillingProblem.ACCEPTANCE_REFUSED
  })
  @RefusesCommonly({CommonProblem.STRIPE_UNAVAILABLE, CommonProblem.WRONG_STATE})
  @StepUp
  @PostMapping("/disputes/{disputeId}/acceptance")
  @RequiresIdempotencyKey
  @OrganizationEndpoint(
      value = {OrganizationRole.ADMIN, OrganizationRole.FINANCE},
      platform = PlatformRole.PLATFORM_FINANCE)
  DisputeView acceptDispute(Caller caller, Intent intent, @PathVariable UUID disputeId) {
    acceptDispute.handle(new AcceptDispute.Command(caller, disputeId, intent.id()));
    return queries.one(caller, disputeId);
  }
}
