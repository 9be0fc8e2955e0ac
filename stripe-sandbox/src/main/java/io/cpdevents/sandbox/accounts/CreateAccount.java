package io.cpdevents.sandbox.accounts;

import io.cpdevents.sandbox.SandboxSettings;
import io.cpdevents.sandbox.api.Params;
import io.cpdevents.sandbox.api.StripeAccounts;
import io.cpdevents.sandbox.objects.StripeIds;
import io.cpdevents.sandbox.objects.StripeJson;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import io.cpdevents.sandbox.time.SandboxClock;
import java.util.Locale;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Creates a connected account. */
@Component
class CreateAccount {
  private final Accounts accounts;
  private final ExternalAccounts externalAccounts;
  private final StripeObjects objects;
  private final SandboxClock clock;
  private final SandboxSettings settings;

  CreateAccount(
      Accounts accounts,
      ExternalAccounts externalAccounts,
      StripeObjects objects,
      SandboxClock clock,
      SandboxSettings settings) {
    this.accounts = accounts;
    this.externalAccounts = externalAccounts;
    this.objects = objects;
    this.clock = clock;
    this.settings = settings;
  }

  StripeObject handle(Params params) {
    long now = clock.epochSecond();
    StripeObject account =
        StripeObject.shaped(StripeAccounts.PLATFORM, Accounts.KIND, StripeIds.next("acct"), now);
    ObjectNode body = account.body();
    String asked = params.text("country");
    String country =
        Countries.require(
            asked == null ? settings.platformCountry() : asked.toUpperCase(Locale.ROOT), "country");
    body.put("country", country);
    body.put("default_currency", Countries.currencyOf(country));
    Controllers.read(params, account);
    Accounts.payoutSettings(account)
        .put("debit_negative_balances", !Controllers.collectsRequirements(account));
    Accounts.schedule(account).put("delay_days", settings.settlementDays());
    ExternalAccounts.showIn(account, StripeJson.array());
    AccountParams.read(params, account, now);
    ExternalAccounts.Wanted bank = ExternalAccounts.read(params);
    params.refuseOthers();
    objects.add(account);
    if (bank != null) {
      externalAccounts.add(account, bank, true, StripeJson.object());
    }
    ObjectNode before = body.deepCopy();
    before.putObject("capabilities");
    AccountStatus.derive(account);
    objects.save(account);
    accounts.recordCapabilities(account, before);
    return account;
  }
}
