package io.cpdevents.payout.balances.web;

import io.cpdevents.payout.balances.BalanceQueries;
import io.cpdevents.payout.balances.EventMoney;
import io.cpdevents.platform.security.InternalEndpoint;
import java.util.Currency;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What billing-service tells an organization about its next payout before it refunds. */
@RestController
class EventMoneyController {

  private final BalanceQueries queries;

  EventMoneyController(BalanceQueries queries) {
    this.queries = queries;
  }

  /** What could be paid out now, and whether what an event earned is a part of that. */
  @InternalEndpoint
  @GetMapping("/internal/event-money")
  EventMoney eventMoney(
      @RequestParam UUID organizationId,
      @RequestParam Currency currency,
      @RequestParam UUID eventId) {
    return queries.eventMoney(organizationId, currency, eventId);
  }
}
