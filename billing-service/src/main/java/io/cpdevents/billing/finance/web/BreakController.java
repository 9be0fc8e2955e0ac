package io.cpdevents.billing.finance.web;

import io.cpdevents.billing.BillingProblem;
import io.cpdevents.billing.Refuses;
import io.cpdevents.billing.finance.BreakStatus;
import io.cpdevents.billing.finance.BreakView;
import io.cpdevents.billing.finance.FinanceBreakQueries;
import io.cpdevents.billing.ledger.DecideResolution;
import io.cpdevents.billing.ledger.ProposeResolution;
import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.RefusesCommonly;
import io.cpdevents.platform.foureyes.Proposal.Decision;
import io.cpdevents.platform.idempotency.Intent;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.PlatformEndpoint;
import io.cpdevents.platform.security.PlatformRole;
import io.cpdevents.platform.text.OneLine;
import io.cpdevents.platform.text.Prose;
import io.cpdevents.platform.web.Page;
import io.cpdevents.platform.web.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Breaks over HTTP, for platform finance. */
@Tag(name = "Finance", description = "The platform's ledger.")
@RestController
@RequestMapping("/api/v1/finance/breaks")
class BreakController {

  private static final int MAX_ACCOUNT_CHARACTERS = 60;
  private static final int MAX_REASON_CHARACTERS = 500;

  /**
   * Where the money of a break belongs.
   *
   * @param account one of the break's {@code allowedAccounts}
   */
  @Schema(name = "NewBreakResolution")
  record ResolutionRequest(
      @NotBlank @OneLine(max = MAX_ACCOUNT_CHARACTERS) String account,
      @NotBlank
          @Prose(max = MAX_REASON_CHARACTERS)
          @Schema(example = "A fee that Stripe has given back.")
          String reason) {}

  /**
   * What is approved.
   *
   * @param resolutionId the proposal that was seen: none that has taken its place is approved
   */
  @Schema(name = "BreakResolutionApproval")
  record ApprovalRequest(@NotNull UUID resolutionId) {}

  /**
   * What is rejected, and why.
   *
   * @param resolutionId the proposal that was seen: none that has taken its place is rejected
   */
  @Schema(name = "BreakResolutionRejection")
  record RejectionRequest(
      @NotNull UUID resolutionId, @NotBlank @Prose(max = MAX_REASON_CHARACTERS) String reason) {}

  private final FinanceBreakQueries queries;
  private final ProposeResolution proposeResolution;
  private final DecideResolution decideResolution;

  BreakController(
      FinanceBreakQueries queries,
      ProposeResolution proposeResolution,
      DecideResolution decideResolution) {
    this.queries = queries;
    this.proposeResolution = proposeResolution;
    this.decideResolution = decideResolution;
  }

  @Operation(summary = "What does not match and waits for a person, newest first")
  @GetMapping
  @PlatformEndpoint(PlatformRole.PLATFORM_FINANCE)
  Page<BreakView> listBreaks(
      @RequestParam(required = false) @Nullable BreakStatus status, PageRequest page) {
    return queries.list(status, page);
  }

  @Operation(summary = "A break")
  @Refuses(BillingProblem.BREAK_NOT_FOUND)
  @GetMapping("/{breakId}")
  @PlatformEndpoint(PlatformRole.PLATFORM_FINANCE)
  BreakView getBreak(@PathVariable UUID breakId) {
    return queries.get(breakId);
  }

  @Operation(summary = "Propose where the money of a break belongs; a second person decides")
  @Refuses({
    BillingProblem.BREAK_NOT_FOUND,
    BillingProblem.BREAK_RESOLVED,
    BillingProblem.BREAK_NOT_RESOLVABLE,
    BillingProblem.RESOLUTION_PROPOSED
  })
  @PostMapping("/{breakId}/resolution")
  @PlatformEndpoint(PlatformRole.PLATFORM_FINANCE)
  @ResponseStatus(HttpStatus.ACCEPTED)
  ResponseEntity<BreakView> proposeResolution(
      Caller caller,
      Intent intent,
      @PathVariable UUID breakId,
      @RequestBody @Valid ResolutionRequest request) {
    proposeResolution.handle(
        new ProposeResolution.Command(
            intent.id(), breakId, request.account(), request.reason(), caller.accountId()));
    return ResponseEntity.accepted()
        .location(URI.create("/api/v1/finance/breaks/" + breakId))
        .body(queries.get(breakId));
  }

  @Operation(summary = "Take a proposed resolution back")
  @Refuses({BillingProblem.BREAK_NOT_FOUND, BillingProblem.NO_RESOLUTION_PROPOSED})
  @DeleteMapping("/{breakId}/resolution")
  @PlatformEndpoint(PlatformRole.PLATFORM_FINANCE)
  BreakView takeResolutionBack(Caller caller, @PathVariable UUID breakId) {
    return decide(
        new DecideResolution.Command(breakId, null, Decision.TAKEN_BACK, caller.accountId(), null));
  }

  @Operation(summary = "Approve a resolution that somebody else has proposed: the money is posted")
  @Refuses({
    BillingProblem.BREAK_NOT_FOUND,
    BillingProblem.NO_RESOLUTION_PROPOSED,
    BillingProblem.BREAK_CHANGED
  })
  @RefusesCommonly(CommonProblem.FOUR_EYES)
  @PostMapping("/{breakId}/approval")
  @PlatformEndpoint(value = PlatformRole.PLATFORM_FINANCE, admin = false)
  BreakView approveResolution(
      Caller caller, @PathVariable UUID breakId, @RequestBody @Valid ApprovalRequest request) {
    return decide(
        new DecideResolution.Command(
            breakId, request.resolutionId(), Decision.APPROVED, caller.accountId(), null));
  }

  @Operation(summary = "Reject a resolution that somebody else has proposed")
  @Refuses({BillingProblem.BREAK_NOT_FOUND, BillingProblem.NO_RESOLUTION_PROPOSED})
  @RefusesCommonly(CommonProblem.FOUR_EYES)
  @PostMapping("/{breakId}/rejection")
  @PlatformEndpoint(value = PlatformRole.PLATFORM_FINANCE, admin = false)
  BreakView rejectResolution(
      Caller caller, @PathVariable UUID breakId, @RequestBody @Valid RejectionRequest request) {
    return decide(
        new DecideResolution.Command(
            breakId,
            request.resolutionId(),
            Decision.REJECTED,
            caller.accountId(),
            request.reason()));
  }

  private BreakView decide(DecideResolution.Command command) {
    decideResolution.handle(command);
    return queries.get(command.breakId());
  }
}
