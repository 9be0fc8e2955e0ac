package io.cpdevents.billing.settlements.web;

import io.cpdevents.billing.settlements.SettleNow;
import io.cpdevents.billing.settlements.Settlement;
import io.cpdevents.billing.settlements.SettlementQueries;
import io.cpdevents.platform.idempotency.RequiresIdempotencyKey;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.PlatformEndpoint;
import io.cpdevents.platform.security.PlatformRole;
import io.cpdevents.platform.web.Page;
import io.cpdevents.platform.web.PageRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Size;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Operators and outcomes that only Stripe knows. */
@RestController
@RequestMapping("/api/v1/ops/billing/settlements")
class SettlementController {

  private final SettlementQueries queries;
  private final SettleNow settleNow;

  SettlementController(SettlementQueries queries, SettleNow settleNow) {
    this.queries = queries;
    this.settleNow = settleNow;
  }

  @GetMapping
  @PlatformEndpoint({PlatformRole.PLATFORM_SUPPORT, PlatformRole.PLATFORM_FINANCE})
  Page<Settlement> list(
      @RequestParam(required = false) @Size(max = SettleRequest.MAX_ID_CHARACTERS)
          @Nullable String subjectId,
      PageRequest page) {
    return queries.list(subjectId, page);
  }

  @PostMapping
  @PlatformEndpoint(PlatformRole.PLATFORM_FINANCE)
  @RequiresIdempotencyKey
  Settlement settle(@RequestBody @Valid SettleRequest request, Caller caller) {
    return settleNow.handle(
        new SettleNow.Command(request.kind(), request.subjectId(), caller.accountId()));
  }

  @PostMapping("/{id}/replay")
  @PlatformEndpoint(PlatformRole.PLATFORM_FINANCE)
  @RequiresIdempotencyKey
  Settlement replay(@PathVariable UUID id, Caller caller) {
    return settleNow.replay(id, caller.accountId());
  }
}
