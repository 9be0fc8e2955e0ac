package io.cpdevents.payout.balances.web;

import io.cpdevents.payout.balances.BalanceQueries;
import io.cpdevents.payout.balances.EntryView;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.OrganizationEndpoint;
import io.cpdevents.platform.security.OrganizationRole;
import io.cpdevents.platform.web.Page;
import io.cpdevents.platform.web.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Currency;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Balances of organizations. */
@Tag(name = "Balances", description = "What organizations have earned.")
@RestController
class BalanceController {

  private final BalanceQueries queries;

  BalanceController(BalanceQueries queries) {
    this.queries = queries;
  }

  /** What the organization has, for each currency: owner, admin and finance may know. */
  @Operation(summary = "What an organization has in each currency")
  @OrganizationEndpoint({OrganizationRole.ADMIN, OrganizationRole.FINANCE})
  @GetMapping("/api/v1/organizations/{organizationId}/balance")
  BalancesView getBalance(@PathVariable UUID organizationId, Caller caller) {
    caller.requireRole(organizationId, OrganizationRole.ADMIN, OrganizationRole.FINANCE);
    return new BalancesView(
        queries.balancesOf(organizationId).stream().map(BalanceView::of).toList());
  }

  /** What the figures of a balance are made of, in one currency or all, newest first. */
  @Operation(summary = "What the figures of a balance are made of, newest first")
  @OrganizationEndpoint({OrganizationRole.ADMIN, OrganizationRole.FINANCE})
  @GetMapping("/api/v1/organizations/{organizationId}/balance/entries")
  Page<EntryView> listBalanceEntries(
      @PathVariable UUID organizationId,
      @RequestParam(required = false) @Nullable Currency currency,
      PageRequest page,
      Caller caller) {
    caller.requireRole(organizationId, OrganizationRole.ADMIN, OrganizationRole.FINANCE);
    return queries.entriesOf(organizationId, currency, page);
  }
}
