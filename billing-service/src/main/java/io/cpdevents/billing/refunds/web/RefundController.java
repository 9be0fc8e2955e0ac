package io.cpdevents.billing.refunds.web;

import io.cpdevents.billing.BillingProblem;
import io.cpdevents.billing.Refuses;
import io.cpdevents.billing.refunds.PreviewRefund;
import io.cpdevents.billing.refunds.RefundFilter;
import io.cpdevents.billing.refunds.RefundPreview;
import io.cpdevents.billing.refunds.RefundQueries;
import io.cpdevents.billing.refunds.RefundStatus;
import io.cpdevents.billing.refunds.RefundView;
import io.cpdevents.billing.refunds.RequestRefund;
import io.cpdevents.contracts.billing.RefundCause;
import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.RefusesCommonly;
import io.cpdevents.platform.idempotency.Intent;
import io.cpdevents.platform.idempotency.RequiresIdempotencyKey;
import io.cpdevents.platform.security.AccountEndpoint;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.OrganizationEndpoint;
import io.cpdevents.platform.security.OrganizationRole;
import io.cpdevents.platform.security.PlatformRole;
import io.cpdevents.platform.security.StepUp;
import io.cpdevents.platform.sql.Period;
import io.cpdevents.platform.web.Page;
import io.cpdevents.platform.web.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Refunds over HTTP. */
@Tag(name = "Refunds", description = "Money that goes back to buyers.")
@RestController
@RequestMapping("/api/v1")
class RefundController {

  private final RequestRefund requestRefund;
  private final PreviewRefund previewRefund;
  private final RefundQueries queries;

  RefundController(
      RequestRefund requestRefund, PreviewRefund previewRefund, RefundQueries queries) {
    this.requestRefund = requestRefund;
    this.previewRefund = previewRefund;
    this.queries = queries;
  }

  @Operation(summary = "Give back a payment, an amount of it, or what tickets cost")
  @Refuses({
    BillingProblem.PAYMENT_NOT_FOUND,
    BillingProblem.NOT_CAPTURED,
    BillingProblem.EXCEEDS_REFUNDABLE,
    BillingProblem.NOTHING_TO_REFUND,
    BillingProblem.DISPUTED,
    BillingProblem.REFUND_NOT_FOUND
  })
  @RefusesCommonly({CommonProblem.AMOUNT_NOT_PAYABLE})
  @StepUp(byUseCase = true)
  @PostMapping("/payments/{paymentId}/refunds")
  @OrganizationEndpoint(
      value = {OrganizationRole.ADMIN, OrganizationRole.FINANCE},
      platform = PlatformRole.PLATFORM_FINANCE)
  @RequiresIdempotencyKey
  @ResponseStatus(HttpStatus.ACCEPTED)
  ResponseEntity<RefundView> requestRefund(
      Caller caller,
      @PathVariable UUID paymentId,
      @RequestBody @Valid RefundRequest request,
      Intent intent) {
    requestRefund.handle(request.toCommand(intent.id(), paymentId), caller);
    return ResponseEntity.accepted()
        .location(URI.create("/api/v1/refunds/" + intent.id()))
        .body(queries.one(caller, intent.id()));
  }

  @Operation(summary = "What a refund would give back, and who bears it")
  @Refuses({
    BillingProblem.PAYMENT_NOT_FOUND,
    BillingProblem.NOT_CAPTURED,
    BillingProblem.EXCEEDS_REFUNDABLE,
    BillingProblem.NOTHING_TO_REFUND,
    BillingProblem.DISPUTED
  })
  @RefusesCommonly({CommonProblem.AMOUNT_NOT_PAYABLE})
  @PostMapping("/payments/{paymentId}/refund-preview")
  @OrganizationEndpoint(
      value = {OrganizationRole.ADMIN, OrganizationRole.FINANCE},
      platform = PlatformRole.PLATFORM_FINANCE)
  RefundPreview previewRefund(
      Caller caller,
      @PathVariable UUID paymentId,
      @RequestBody @Valid RefundPreviewRequest request) {
    return previewRefund.handle(new PreviewRefund.Command(paymentId, request.wanted()), caller);
  }

  @Operation(summary = "A refund")
  @Refuses({BillingProblem.REFUND_NOT_FOUND})
  @RefusesCommonly({CommonProblem.ROLE_MISSING})
  @GetMapping("/refunds/{refundId}")
  @AccountEndpoint(
      organization = {OrganizationRole.ADMIN, OrganizationRole.FINANCE},
      platform = {PlatformRole.PLATFORM_FINANCE, PlatformRole.PLATFORM_SUPPORT})
  RefundView getRefund(Caller caller, @PathVariable UUID refundId) {
    return queries.one(caller, refundId);
  }

  @Operation(summary = "The refunds of an organization")
  @GetMapping("/organizations/{organizationId}/refunds")
  @OrganizationEndpoint(
      value = {OrganizationRole.ADMIN, OrganizationRole.FINANCE},
      platform = {PlatformRole.PLATFORM_FINANCE, PlatformRole.PLATFORM_SUPPORT})
  Page<RefundView> listOrganizationRefunds(
      Caller caller,
      @PathVariable UUID organizationId,
      @RequestParam(required = false) @Nullable RefundStatus status,
      @RequestParam(required = false) @Nullable RefundCause cause,
      @RequestParam(required = false) @Nullable UUID eventId,
      Period period,
      PageRequest page) {
    return queries.ofOrganization(
        caller, organizationId, new RefundFilter(status, cause, eventId, period), page);
  }
}
