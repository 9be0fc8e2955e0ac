package io.cpdevents.billing.refunds.web;

import io.cpdevents.billing.refunds.PreviewRefund;
import io.cpdevents.billing.refunds.RefundFilter;
import io.cpdevents.billing.refunds.RefundPreview;
import io.cpdevents.billing.refunds.RefundQueries;
import io.cpdevents.billing.refunds.RefundStatus;
import io.cpdevents.billing.refunds.RefundView;
import io.cpdevents.billing.refunds.RequestRefund;
import io.cpdevents.contracts.billing.RefundCause;
import io.cpdevents.platform.idempotency.Intent;
import io.cpdevents.platform.idempotency.RequiresIdempotencyKey;
import io.cpdevents.platform.security.AccountEndpoint;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.OrganizationEndpoint;
import io.cpdevents.platform.security.OrganizationRole;
import io.cpdevents.platform.web.Page;
import io.cpdevents.platform.web.PageRequest;
import jakarta.validation.Valid;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Refunds over HTTP. */
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

  @PostMapping("/payments/{id}/refunds")
  @OrganizationEndpoint({OrganizationRole.ADMIN, OrganizationRole.FINANCE})
  @RequiresIdempotencyKey
  @ResponseStatus(HttpStatus.ACCEPTED)
  RefundView request(
      Caller caller,
      @PathVariable UUID id,
      @RequestBody @Valid RefundRequest request,
      Intent intent) {
    requestRefund.handle(request.toCommand(intent.id(), id), caller);
    return queries.one(caller, intent.id());
  }

  @PostMapping("/payments/{id}/refund-preview")
  @OrganizationEndpoint({OrganizationRole.ADMIN, OrganizationRole.FINANCE})
  RefundPreview preview(
      Caller caller, @PathVariable UUID id, @RequestBody @Valid RefundPreviewRequest request) {
    return previewRefund.handle(id, request.wanted(), caller);
  }

  @GetMapping("/refunds/{id}")
  @AccountEndpoint
  RefundView one(Caller caller, @PathVariable UUID id) {
    return queries.one(caller, id);
  }

  @GetMapping("/organizations/{id}/refunds")
  @OrganizationEndpoint({OrganizationRole.ADMIN, OrganizationRole.FINANCE})
  Page<RefundView> ofOrganization(
      Caller caller,
      @PathVariable UUID id,
      @RequestParam(required = false) @Nullable RefundStatus status,
      @RequestParam(required = false) @Nullable RefundCause cause,
      @RequestParam(required = false) @Nullable UUID eventId,
      @RequestParam(required = false) @Nullable Instant from,
      @RequestParam(required = false) @Nullable Instant to,
      PageRequest page) {
    return queries.ofOrganization(
        caller, id, new RefundFilter(status, cause, eventId, from, to), page);
  }
}
