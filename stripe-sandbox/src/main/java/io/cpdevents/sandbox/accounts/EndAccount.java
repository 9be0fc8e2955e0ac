package io.cpdevents.sandbox.accounts;

import io.cpdevents.sandbox.api.StripeAccounts;
import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.balance.Balances;
import io.cpdevents.sandbox.events.Events;
import io.cpdevents.sandbox.objects.StripeJson;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Rejects connected accounts, and ends their connection to the platform. */
@Component
class EndAccount {
  private static final String APPLICATION = "ca_SandboxPlatform00";

  private final Accounts accounts;
  private final Balances balances;
  private final StripeObjects objects;
  private final Events events;

  EndAccount(Accounts accounts, Balances balances, StripeObjects objects, Events events) {
    this.accounts = accounts;
    this.balances = balances;
    this.objects = objects;
    this.events = events;
  }

  /** Deletes a locked account, as the platform may when its balances are zero. */
  void delete(StripeObject account) {
    if (balances.of(account.id()).stream().anyMatch(balance -> balance.total() != 0)) {
      throw StripeRefusal.wrongState(
          null, null, "This account cannot be deleted: all of its balances must be zero.");
    }
    disconnect(account);
  }

  /** Ends the connection of a locked account, as its owner may at any time. */
  void disconnect(StripeObject account) {
    ObjectNode application = StripeJson.object();
    application.put("id", APPLICATION);
    application.put("object", "application");
    application.put("name", "Sandbox platform");
    events.record(account.id(), "account.application.deauthorized", application, null);
    account.inner().put(StripeAccounts.DISCONNECTED, true);
    objects.save(account);
  }

  /** Rejects a locked account: nothing can be transferred to it or paid out from it. */
  void reject(StripeObject account, String reason) {
    if (!Accounts.isLiable(account)) {
      throw StripeRefusal.wrongState(
          null,
          null,
          "You can only reject accounts for whose negative balances your platform is liable.");
    }
    ObjectNode before = account.body().deepCopy();
    account.inner().put(AccountStatus.REASON, "rejected." + reason);
    account.inner().remove(AccountStatus.PAYOUTS);
    accounts.changed(account, before);
  }
}
