package io.cpdevents.payout.statements.web;

import io.cpdevents.payout.PayoutProblem;
import io.cpdevents.payout.Refuses;
import io.cpdevents.payout.statements.PayoutEntriesView;
import io.cpdevents.payout.statements.StatementQueries;
import io.cpdevents.platform.security.InternalEndpoint;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** What payouts pay, for billing-service, which explains it. */
@RestController
class PayoutEntriesController {

  private final StatementQueries queries;

  PayoutEntriesController(StatementQueries queries) {
    this.queries = queries;
  }

  /** The ledger entries of a payout. */
  @InternalEndpoint
  @Refuses(PayoutProblem.PAYOUT_NOT_FOUND)
  @GetMapping("/internal/payouts/{payoutId}/entries")
  PayoutEntriesView entries(@PathVariable UUID payoutId) {
    return queries.entries(payoutId);
  }
}
