package io.cpdevents.payout.payouts.web;

import io.cpdevents.payout.PayoutProblem;
import io.cpdevents.payout.Refuses;
import io.cpdevents.payout.payouts.ApproveSettlement;
import io.cpdevents.payout.payouts.ProposeSettlement;
import io.cpdevents.payout.payouts.SettlementOutcome;
import io.cpdevents.payout.payouts.SettlementQueries;
import io.cpdevents.payout.payouts.SettlementView;
import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.RefusesCommonly;
import io.cpdevents.platform.idempotency.Intent;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.PlatformEndpoint;
import io.cpdevents.platform.security.PlatformRole;
import io.cpdevents.platform.security.StepUp;
import io.cpdevents.platform.text.Prose;
import io.cpdevents.platform.web.Page;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** How payouts are settled that Stripe cannot be asked about, for platform finance. */
@Tag(name = "Payouts")
@RestController
@RequestMapping("/api/v1/payouts/{payoutId}/settlements")
class SettlementController {

  /**
   * What was found out about a payout, or about what payouts have left on its account.
   *
   * @param outcome {@code paid} or {@code not-paid} for a payout that is {@code unconfirmed};
   *     {@code paid} or {@code written-off} for what was left
   */
  @Schema(name = "NewPayoutSettlement")
  record SettlementRequest(
      @NotNull SettlementOutcome outcome,
      @NotBlank
          @Prose(max = MAX_REASON_CHARACTERS)
          @Schema(example = "The owner has told us by telephone.")
          String reason) {}

  /**
   * What is approved.
   *
   * @param settlementId the proposal that was seen: none that has taken its place is approved
   */
  @Schema(name = "PayoutSettlementApproval")
  record ApprovalRequest(@NotNull UUID settlementId) {}

  private static final int MAX_REASON_CHARACTERS = 500;

  private final ProposeSettlement proposeSettlement;
  private final ApproveSettlement approveSettlement;
  private final SettlementQueries queries;

  SettlementController(
      ProposeSettlement proposeSettlement,
      ApproveSettlement approveSettlement,
      SettlementQueries queries) {
    this.proposeSettlement = proposeSettlement;
    this.approveSettlement = approveSettlement;
    this.queries = queries;
  }

  @Operation(summary = "How a payout was settled that Stripe cannot be asked about, newest first")
  @Refuses(PayoutProblem.PAYOUT_NOT_FOUND)
  @GetMapping
  @PlatformEndpoint(PlatformRole.PLATFORM_FINANCE)
  Page<SettlementView> listPayoutSettlements(@PathVariable UUID payoutId) {
    return queries.of(payoutId);
  }

  /** A proposal that waits is replaced. */
  @Operation(summary = "Propose how a payout is settled; a second person approves")
  @Refuses({PayoutProblem.PAYOUT_NOT_FOUND, PayoutProblem.NOT_SETTLEABLE})
  @RefusesCommonly(CommonProblem.STRIPE_UNAVAILABLE)
  @StepUp
  @PostMapping
  @PlatformEndpoint(PlatformRole.PLATFORM_FINANCE)
  @ResponseStatus(HttpStatus.ACCEPTED)
  ResponseEntity<Page<SettlementView>> proposePayoutSettlement(
      Caller caller,
      Intent intent,
      @PathVariable UUID payoutId,
      @RequestBody @Valid SettlementRequest request) {
    proposeSettlement.handle(
        new ProposeSettlement.Command(intent.id(), payoutId, request.outcome(), request.reason()),
        caller);
    return ResponseEntity.accepted()
        .location(URI.create("/api/v1/payouts/" + payoutId + "/settlements"))
        .body(queries.of(payoutId));
  }

  @Operation(summary = "Approve a settlement that somebody else has proposed")
  @Refuses({
    PayoutProblem.PAYOUT_NOT_FOUND,
    PayoutProblem.NO_SETTLEMENT_PROPOSED,
    PayoutProblem.NOT_SETTLEABLE
  })
  @RefusesCommonly({CommonProblem.FOUR_EYES, CommonProblem.STRIPE_UNAVAILABLE})
  @StepUp
  @PostMapping("/approval")
  @PlatformEndpoint(value = PlatformRole.PLATFORM_FINANCE, admin = false)
  Page<SettlementView> approvePayoutSettlement(
      Caller caller, @PathVariable UUID payoutId, @RequestBody @Valid ApprovalRequest request) {
    approveSettlement.handle(
        new ApproveSettlement.Command(payoutId, request.settlementId()), caller);
    return queries.of(payoutId);
  }
}
