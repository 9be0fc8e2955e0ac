package io.cpdevents.payout.balances.web;

import io.cpdevents.payout.balances.BalanceQueries;
import io.cpdevents.payout.balances.BalanceSum;
import io.cpdevents.platform.error.FieldProblem;
import io.cpdevents.platform.security.InternalEndpoint;
import java.util.List;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The sums of balances, which billing-service compares with its ledger. */
@RestController
class BalanceSumController {

  private static final int MAX_ORGANIZATIONS_PER_REQUEST = 50;

  private final BalanceQueries queries;

  BalanceSumController(BalanceQueries queries) {
    this.queries = queries;
  }

  /** What these organizations have, one for each currency in which they ever had an entry. */
  @InternalEndpoint
  @GetMapping("/internal/balance-sums")
  List<BalanceSum> sums(@RequestParam List<UUID> organizationId) {
    if (organizationId.size() > MAX_ORGANIZATIONS_PER_REQUEST) {
      throw FieldProblem.WRONG_LENGTH.on("organizationId");
    }
    return queries.sumsOf(organizationId);
  }
}
