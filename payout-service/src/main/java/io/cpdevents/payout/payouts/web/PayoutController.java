package io.cpdevents.payout.payouts.web;

import io.cpdevents.payout.PayoutProblem;
import io.cpdevents.payout.Refuses;
import io.cpdevents.payout.payouts.PayoutQueries;
import io.cpdevents.payout.payouts.PayoutView;
import io.cpdevents.payout.payouts.RequestPayout;
import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.RefusesCommonly;
import io.cpdevents.platform.idempotency.Intent;
import io.cpdevents.platform.idempotency.RequiresIdempotencyKey;
import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.OrganizationEndpoint;
import io.cpdevents.platform.security.OrganizationRole;
import io.cpdevents.platform.web.Page;
import io.cpdevents.platform.web.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.util.Currency;
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
  record PayoutRequest(@NotNull Currency currency, @Nullable Money amount) {}

  private final RequestPayout requestPayout;
  private final PayoutQueries queries;

  PayoutController(RequestPayout requestPayout, PayoutQueries queries) {
    this.requestPayout = requestPayout;
    this.queries = queries;
  }

  @Operation(summary = "Pay out what is available, or a part of it")
  @Refuses({
    PayoutProblem.ACCOUNT_NOT_READY,
    PayoutProblem.PAYOUT_UNDER_WAY,
    PayoutProblem.NOTHING_TO_PAY_OUT,
    PayoutProblem.EXCEEDS_AVAILABLE
  })
  @RefusesCommonly(CommonProblem.AMOUNT_NOT_PAYABLE)
  @PostMapping("/organizations/{organizationId}/payouts")
  @OrganizationEndpoint(OrganizationRole.FINANCE)
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
  @OrganizationEndpoint(OrganizationRole.FINANCE)
  PayoutView getPayout(Caller caller, @PathVariable UUID payoutId) {
    return queries.payout(payoutId, caller);
  }
}
