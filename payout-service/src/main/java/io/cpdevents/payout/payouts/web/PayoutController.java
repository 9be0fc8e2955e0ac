package io.cpdevents.payout.payouts.web;

import io.cpdevents.payout.PayoutProblem;
import io.cpdevents.payout.Refuses;
import io.cpdevents.payout.payouts.CancelPayout;
import io.cpdevents.payout.payouts.HoldPayout;
import io.cpdevents.payout.payouts.PayoutQueries;
import io.cpdevents.payout.payouts.PayoutView;
import io.cpdevents.payout.payouts.ReleasePayout;
import io.cpdevents.payout.payouts.RequestPayout;
import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.FieldProblem;
import io.cpdevents.platform.error.FieldRules;
import io.cpdevents.platform.error.RefusesCommonly;
import io.cpdevents.platform.error.RuleViolation.FieldError;
import io.cpdevents.platform.idempotency.Intent;
import io.cpdevents.platform.idempotency.RequiresIdempotencyKey;
import io.cpdevents.platform.money.Amount;
import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.OrganizationEndpoint;
import io.cpdevents.platform.security.OrganizationRole;
import io.cpdevents.platform.security.PlatformEndpoint;
import io.cpdevents.platform.security.PlatformRole;
import io.cpdevents.platform.security.StepUp;
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
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Payouts over HTTP. */
@Tag(name = "Payouts", description = "What organizations are paid.")
@RestController
@RequestMapping("/api/v1")
class PayoutController {

  /**
   * What is to be paid out.
   *
   * @param currency ISO 4217
   * @param amount left out: all that is available
   */
  @Schema(name = "NewPayout")
  record PayoutRequest(
      @NotNull Currency currency, @Nullable @Amount(Amount.Kind.PAYOUT) Money amount)
      implements FieldRules {

    @Override
    public List<FieldError> brokenRules() {
      return currency == null || amount == null || amount.currency().equals(currency)
          ? List.of()
          : List.of(FieldProblem.WRONG_CURRENCY.at("amount.currency"));
    }
  }

  /** Why finance holds or releases a payout. */
  @Schema(name = "PayoutDecision")
  record DecisionRequest(
      @NotBlank @Prose(max = MAX_REASON_CHARACTERS) @Schema(example = "The owner asks for it.")
          String reason) {}

  private static final int MAX_REASON_CHARACTERS = 500;

  private final RequestPayout requestPayout;
  private final CancelPayout cancelPayout;
  private final HoldPayout holdPayout;
  private final ReleasePayout releasePayout;
  private final PayoutQueries queries;

  PayoutController(
      RequestPayout requestPayout,
      CancelPayout cancelPayout,
      HoldPayout holdPayout,
      ReleasePayout releasePayout,
      PayoutQueries queries) {
    this.requestPayout = requestPayout;
    this.cancelPayout = cancelPayout;
    this.holdPayout = holdPayout;
    this.releasePayout = releasePayout;
    this.queries = queries;
  }

  @Operation(summary = "Pay out what is available, or a part of it")
  @Refuses({
    PayoutProblem.ACCOUNT_NOT_READY,
    PayoutProblem.PAYOUT_UNDER_WAY,
    PayoutProblem.NOTHING_TO_PAY_OUT,
    PayoutProblem.MONEY_WITHHELD,
    PayoutProblem.EXCEEDS_AVAILABLE
  })
  @RefusesCommonly(CommonProblem.AMOUNT_NOT_PAYABLE)
  @StepUp
  @PostMapping("/organizations/{organizationId}/payouts")
  @OrganizationEndpoint(value = OrganizationRole.FINANCE, apiKeys = false)
  @RequiresIdempotencyKey
  @ResponseStatus(HttpStatus.CREATED)
  ResponseEntity<PayoutView> requestPayout(
      Caller caller,
      Intent intent,
      @PathVariable UUID organizationId,
      @RequestBody @Valid PayoutRequest request) {
    PayoutView payout =
        requestPayout.handle(
            new RequestPayout.Command(
                intent.id(), organizationId, request.currency(), request.amount()),
            caller);
    return ResponseEntity.created(URI.create("/api/v1/payouts/" + payout.id())).body(payout);
  }

  @Operation(summary = "The payouts of an organization, newest first")
  @GetMapping("/organizations/{organizationId}/payouts")
  @OrganizationEndpoint(OrganizationRole.FINANCE)
  Page<PayoutView> listPayouts(Caller caller, @PathVariable UUID organizationId, PageRequest page) {
    caller.requireRole(organizationId, OrganizationRole.FINANCE);
    return queries.payoutsOf(organizationId, page);
  }

  @Operation(summary = "A payout")
  @Refuses(PayoutProblem.PAYOUT_NOT_FOUND)
  @GetMapping("/payouts/{payoutId}")
  @OrganizationEndpoint(value = OrganizationRole.FINANCE, platform = PlatformRole.PLATFORM_FINANCE)
  PayoutView getPayout(Caller caller, @PathVariable UUID payoutId) {
    return queries.payout(payoutId, caller);
  }

  @Operation(summary = "Cancel a payout that is not yet on its way to the bank")
  @Refuses({
    PayoutProblem.PAYOUT_NOT_FOUND,
    PayoutProblem.PAYOUT_HELD,
    PayoutProblem.NOT_WAITING,
    PayoutProblem.TOO_LATE_TO_CANCEL
  })
  @RefusesCommonly(CommonProblem.STRIPE_UNAVAILABLE)
  @StepUp
  @PostMapping("/payouts/{payoutId}/cancellation")
  @OrganizationEndpoint(value = OrganizationRole.FINANCE, platform = PlatformRole.PLATFORM_FINANCE)
  @RequiresIdempotencyKey
  PayoutView cancelPayout(Caller caller, @PathVariable UUID payoutId) {
    return cancelPayout.handle(payoutId, caller);
  }

  @Operation(summary = "Hold a payout: nothing more of it is sent")
  @Refuses({PayoutProblem.PAYOUT_NOT_FOUND, PayoutProblem.TOO_LATE_TO_HOLD})
  @PostMapping("/payouts/{payoutId}/hold")
  @PlatformEndpoint(PlatformRole.PLATFORM_FINANCE)
  PayoutView holdPayout(
      @PathVariable UUID payoutId, @RequestBody @Valid DecisionRequest decision, Caller caller) {
    return holdPayout.handle(
        new HoldPayout.Command(payoutId, caller.accountId(), decision.reason()));
  }

  @Operation(summary = "Let a payout that is held go on")
  @Refuses({PayoutProblem.PAYOUT_NOT_FOUND, PayoutProblem.NOT_HELD})
  @StepUp
  @PostMapping("/payouts/{payoutId}/release")
  @PlatformEndpoint(PlatformRole.PLATFORM_FINANCE)
  PayoutView releasePayout(
      @PathVariable UUID payoutId, @RequestBody @Valid DecisionRequest decision, Caller caller) {
    return releasePayout.handle(
        new ReleasePayout.Command(payoutId, caller.accountId(), decision.reason()));
  }
}
