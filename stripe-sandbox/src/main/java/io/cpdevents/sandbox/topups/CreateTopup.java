package io.cpdevents.sandbox.topups;

import io.cpdevents.sandbox.balance.BalanceEntry;
import io.cpdevents.sandbox.balance.BalanceTransactions;
import io.cpdevents.sandbox.events.Events;
import io.cpdevents.sandbox.objects.StripeIds;
import io.cpdevents.sandbox.objects.StripeJson;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import io.cpdevents.sandbox.time.SandboxClock;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Adds money of an account's owner to its balance; it is available at once. */
@Component
public class CreateTopup {
  static final String KIND = "topup";

  private final BalanceTransactions transactions;
  private final StripeObjects objects;
  private final Events events;
  private final SandboxClock clock;

  CreateTopup(
      BalanceTransactions transactions, StripeObjects objects, Events events, SandboxClock clock) {
    this.transactions = transactions;
    this.objects = objects;
    this.events = events;
    this.clock = clock;
  }

  /** What is to be added, in minor units. */
  public record Wanted(
      String account,
      long amount,
      String currency,
      @Nullable String description,
      @Nullable String statementDescriptor,
      @Nullable String transferGroup,
      ObjectNode metadata) {

    /** A top-up without anything else, as somebody creates it in the dashboard. */
    public static Wanted of(String account, long amount, String currency) {
      return new Wanted(account, amount, currency, null, null, null, StripeJson.object());
    }
  }

  public StripeObject handle(Wanted wanted) {
    long now = clock.epochSecond();
    StripeObject topup = StripeObject.shaped(wanted.account(), KIND, StripeIds.next("tu"), now);
    ObjectNode body = topup.body();
    body.put("amount", wanted.amount());
    body.put("currency", wanted.currency());
    body.put("description", wanted.description());
    body.put("expected_availability_date", now);
    body.put("statement_descriptor", wanted.statementDescriptor());
    body.put("transfer_group", wanted.transferGroup());
    body.set("metadata", wanted.metadata());
    body.put(
        "balance_transaction",
        transactions
            .add(topup, BalanceEntry.of(KIND, KIND, wanted.amount(), wanted.description()))
            .id());
    objects.add(topup);
    events.record("topup.created", topup);
    events.record("topup.succeeded", topup);
    return topup;
  }
}
