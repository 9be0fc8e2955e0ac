package io.cpdevents.sandbox.balance;

import io.cpdevents.sandbox.api.Lists;
import io.cpdevents.sandbox.api.Params;
import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.api.StripeRequest;
import io.cpdevents.sandbox.api.StripeRoute;
import io.cpdevents.sandbox.api.StripeRoutes;
import io.cpdevents.sandbox.objects.ObjectQuery;
import io.cpdevents.sandbox.objects.ObjectViews;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/balance} and {@code /v1/balance_transactions}. */
@Component
class BalanceRoutes implements StripeRoutes {
  private static final String TRANSACTIONS = "/v1/balance_transactions";
  private static final String PAYOUT = "payout";

  private final Balances balances;
  private final StripeObjects objects;
  private final ObjectViews views;
  private final Lists lists;

  BalanceRoutes(Balances balances, StripeObjects objects, ObjectViews views, Lists lists) {
    this.balances = balances;
    this.objects = objects;
    this.views = views;
    this.lists = lists;
  }

  @Override
  public List<StripeRoute> routes() {
    return List.of(
        StripeRoute.get("/v1/balance", this::balance),
        StripeRoute.get(TRANSACTIONS, this::list),
        StripeRoute.get(TRANSACTIONS + "/{id}", this::show));
  }

  private ObjectNode balance(StripeRequest request) {
    request.params().refuseOthers();
    return balances.view(request.account());
  }

  private ObjectNode show(StripeRequest request) {
    request.params().refuseOthers();
    return objects
        .find(request.account(), "balance_transaction", request.id())
        .map(views::show)
        .orElseThrow(() -> StripeRefusal.noSuch("balance transaction", request.id(), "id"));
  }

  /** Only for automatic payouts can Stripe tell which balance transactions they contain. */
  private void requireReconcilable(String account, String id) {
    StripeObject payout =
        objects
            .find(account, PAYOUT, id)
            .orElseThrow(() -> StripeRefusal.noSuchParameter(PAYOUT, id, PAYOUT));
    switch (payout.requiredText("reconciliation_status")) {
      case "completed" -> {
        // They can be listed.
      }
      case "in_progress" ->
          throw StripeRefusal.wrongState(
              "payout_reconciliation_not_ready",
              PAYOUT,
              "The balance transactions of this payout cannot be listed yet: wait for payout.reconciliation_completed.");
      default ->
          throw StripeRefusal.wrongState(
              null,
              PAYOUT,
              "Balance transaction history can only be filtered on automatic payouts, not manual.");
    }
  }

  private ObjectNode list(StripeRequest request) {
    Params params = request.params();
    ObjectQuery query =
        ObjectQuery.of(request.account(), "balance_transaction")
            .with("type", params.text("type"))
            .with("source", params.text("source"))
            .with("currency", params.text("currency"));
    String payout = params.text(PAYOUT);
    if (payout != null) {
      requireReconcilable(request.account(), payout);
      query.withFact(PAYOUT, payout);
    }
    return lists.answer(request, TRANSACTIONS, query);
  }
}
