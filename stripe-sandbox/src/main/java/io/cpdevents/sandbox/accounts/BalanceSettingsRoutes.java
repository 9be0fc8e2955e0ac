package io.cpdevents.sandbox.accounts;

import io.cpdevents.sandbox.SandboxSettings;
import io.cpdevents.sandbox.api.Params;
import io.cpdevents.sandbox.api.StripeRequest;
import io.cpdevents.sandbox.api.StripeRoute;
import io.cpdevents.sandbox.api.StripeRoutes;
import io.cpdevents.sandbox.events.Events;
import io.cpdevents.sandbox.objects.Shapes;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import java.util.List;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /v1/balance_settings}: the payout settings of the caller's account, which are those of
 * {@code settings[payouts]} in the account too.
 */
@Component
class BalanceSettingsRoutes implements StripeRoutes {
  private static final String PATH = "/v1/balance_settings";

  private final Accounts accounts;
  private final StripeObjects objects;
  private final Events events;
  private final SandboxSettings settings;
  private final ApplicationEventPublisher publisher;

  BalanceSettingsRoutes(
      Accounts accounts,
      StripeObjects objects,
      Events events,
      SandboxSettings settings,
      ApplicationEventPublisher publisher) {
    this.publisher = publisher;
    this.accounts = accounts;
    this.objects = objects;
    this.events = events;
    this.settings = settings;
  }

  @Override
  public List<StripeRoute> routes() {
    return List.of(StripeRoute.get(PATH, this::show), StripeRoute.post(PATH, this::update));
  }

  private ObjectNode show(StripeRequest request) {
    request.params().refuseOthers();
    return view(accounts.find(request.account()));
  }

  private ObjectNode update(StripeRequest request) {
    StripeObject account = accounts.lock(request.account());
    Params payments = request.params().childOrEmpty("payments");
    AccountParams.readDebitNegativeBalances(payments, account);
    Params payouts = payments.childOrEmpty("payouts");
    AccountParams.readPayouts(payouts, account);
    MinimumBalances.read(payouts, account);
    request.params().refuseOthers();
    objects.save(account);
    publisher.publishEvent(new PayoutsMayChange(account.id()));
    ObjectNode view = view(account);
    events.record(account.id(), "balance_settings.updated", view, null);
    return view;
  }

  private ObjectNode view(StripeObject account) {
    ObjectNode view = Shapes.of("balance_settings");
    ObjectNode stored = Accounts.payoutSettings(account);
    ObjectNode payments = (ObjectNode) view.get("payments");
    payments.set("debit_negative_balances", stored.get("debit_negative_balances"));
    payments.withObjectProperty("settlement_timing").put("delay_days", settings.settlementDays());
    ObjectNode payouts = (ObjectNode) payments.get("payouts");
    payouts.set("statement_descriptor", stored.get("statement_descriptor"));
    payouts.put(
        "status", account.body().get("payouts_enabled").booleanValue() ? "enabled" : "disabled");
    ObjectNode schedule = Accounts.schedule(account).deepCopy();
    schedule.retain("interval", "monthly_payout_days", "weekly_payout_days");
    payouts.set("schedule", schedule);
    payouts.set("minimum_balance_by_currency", MinimumBalances.view(account));
    return view;
  }
}
