package io.cpdevents.sandbox.balance;

import io.cpdevents.sandbox.api.StripeAccounts;
import io.cpdevents.sandbox.objects.StripeIds;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import io.cpdevents.sandbox.time.SandboxClock;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Books what Stripe takes or gives without an object as its source: a fee, a correction. */
@Component
class BookWithoutSource {
  private final StripeObjects objects;
  private final SandboxClock clock;

  BookWithoutSource(StripeObjects objects, SandboxClock clock) {
    this.objects = objects;
    this.clock = clock;
  }

  /** Books it on the platform's balance, available at once. */
  StripeObject handle(String type, long amountMinor, String currency) {
    StripeObject transaction =
        StripeObject.shaped(
            StripeAccounts.PLATFORM,
            "balance_transaction",
            StripeIds.next("txn"),
            clock.epochSecond());
    ObjectNode body = transaction.body();
    body.put("amount", amountMinor);
    body.put("available_on", clock.epochSecond());
    body.put("currency", currency);
    body.put("net", amountMinor);
    body.put("reporting_category", type.equals("adjustment") ? "other_adjustment" : "fee");
    body.put("type", type);
    objects.add(transaction);
    return transaction;
  }
}
