package io.cpdevents.sandbox.balance;

import io.cpdevents.sandbox.api.Lists;
import io.cpdevents.sandbox.api.Params;
import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.api.StripeRequest;
import io.cpdevents.sandbox.api.StripeRoute;
import io.cpdevents.sandbox.api.StripeRoutes;
import io.cpdevents.sandbox.objects.ObjectQuery;
import io.cpdevents.sandbox.objects.ObjectViews;
import io.cpdevents.sandbox.objects.StripeObjects;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/balance} and {@code /v1/balance_transactions}. */
@Component
class BalanceRoutes implements StripeRoutes {
  private static final String TRANSACTIONS = "/v1/balance_transactions";

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

  private ObjectNode list(StripeRequest request) {
    Params params = request.params();
    ObjectQuery query =
        ObjectQuery.of(request.account(), "balance_transaction")
            .with("type", params.text("type"))
            .with("source", params.text("source"))
            .with("currency", params.text("currency"));
    return lists.answer(request, TRANSACTIONS, query);
  }
}
