package io.cpdevents.billing.settlements.web;

import io.cpdevents.billing.BillingProblem;
import io.cpdevents.billing.Refuses;
import io.cpdevents.billing.settlements.ReplaySettlement;
import io.cpdevents.billing.settlements.SettleNow;
import io.cpdevents.billing.settlements.Settlement;
import io.cpdevents.billing.settlements.SettlementFilter;
import io.cpdevents.billing.settlements.SettlementKind;
import io.cpdevents.billing.settlements.SettlementQueries;
import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.RefusesCommonly;
import io.cpdevents.platform.idempotency.RequiresIdempotencyKey;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.PlatformEndpoint;
import io.cpdevents.platform.security.PlatformRole;
import io.cpdevents.platform.sql.Period;
import io.cpdevents.platform.text.OneLine;
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

/** Operators and outcomes that only Stripe knows. */
@Tag(name = "Operations", description = "For those who operate the platform.")
@RestController
@RequestMapping(SettlementController.ADDRESS)
class SettlementController {

  static final String ADDRESS = "/api/v1/ops/billing/settlements";

  private final SettlementQueries queries;
  private final SettleNow settleNow;
  private final ReplaySettlement replaySettlement;

  SettlementController(
      SettlementQueries queries, SettleNow settleNow, ReplaySettlement replaySettlement) {
    this.queries = queries;
    this.settleNow = settleNow;
    this.replaySettlement = replaySettlement;
  }

  @Operation(summary = "What was done with objects of Stripe that were settled")
  @GetMapping
  @PlatformEndpoint({PlatformRole.PLATFORM_SUPPORT, PlatformRole.PLATFORM_FINANCE})
  Page<Settlement> listSettlements(
      @RequestParam(required = false) @OneLine(max = SettleRequest.MAX_ID_CHARACTERS)
          @Nullable String subjectId,
      @RequestParam(required = false) @Nullable SettlementKind kind,
      @RequestParam(required = false) Settlement.@Nullable Outcome outcome,
      Period period,
      PageRequest page) {
    return queries.list(new SettlementFilter(subjectId, kind, outcome, period), page);
  }

  @Operation(summary = "What was done with an object of Stripe")
  @Refuses({BillingProblem.SETTLEMENT_NOT_FOUND})
  @GetMapping("/{settlementId}")
  @PlatformEndpoint({PlatformRole.PLATFORM_SUPPORT, PlatformRole.PLATFORM_FINANCE})
  Settlement getSettlement(@PathVariable UUID settlementId) {
    return queries.get(settlementId);
  }

  @Operation(summary = "Settle an object of Stripe now")
  @Refuses({BillingProblem.SUBJECT_NOT_FOUND})
  @RefusesCommonly({CommonProblem.STRIPE_UNAVAILABLE})
  @PostMapping
  @PlatformEndpoint(PlatformRole.PLATFORM_FINANCE)
  @RequiresIdempotencyKey
  @ResponseStatus(HttpStatus.CREATED)
  ResponseEntity<Settlement> settleNow(@RequestBody @Valid SettleRequest request, Caller caller) {
    return made(
        settleNow.handle(
            new SettleNow.Command(request.kind(), request.subjectId(), caller.accountId())));
  }

  @Operation(summary = "Settle once more")
  @Refuses({BillingProblem.SETTLEMENT_NOT_FOUND, BillingProblem.SUBJECT_NOT_FOUND})
  @RefusesCommonly({CommonProblem.STRIPE_UNAVAILABLE})
  @PostMapping("/{settlementId}/replay")
  @PlatformEndpoint(PlatformRole.PLATFORM_FINANCE)
  @RequiresIdempotencyKey
  @ResponseStatus(HttpStatus.CREATED)
  ResponseEntity<Settlement> replaySettlement(@PathVariable UUID settlementId, Caller caller) {
    return made(replaySettlement.handle(settlementId, caller.accountId()));
  }

  private static ResponseEntity<Settlement> made(Settlement settlement) {
    return ResponseEntity.created(URI.create(ADDRESS + "/" + settlement.id())).body(settlement);
  }
}
