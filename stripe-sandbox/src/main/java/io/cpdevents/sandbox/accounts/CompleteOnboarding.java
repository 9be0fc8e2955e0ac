package io.cpdevents.sandbox.accounts;

import io.cpdevents.sandbox.SandboxSettings;
import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.time.PlannedSteps;
import io.cpdevents.sandbox.time.SandboxClock;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Completes the onboarding of a connected account, and whatever else is required of it. */
@Component
class CompleteOnboarding {
  private static final String EDUCATION = "8299";

  private final Accounts accounts;
  private final ExternalAccounts externalAccounts;
  private final PlannedSteps steps;
  private final SandboxClock clock;
  private final SandboxSettings settings;

  CompleteOnboarding(
      Accounts accounts,
      ExternalAccounts externalAccounts,
      PlannedSteps steps,
      SandboxClock clock,
      SandboxSettings settings) {
    this.accounts = accounts;
    this.externalAccounts = externalAccounts;
    this.steps = steps;
    this.clock = clock;
    this.settings = settings;
  }

  /**
   * What somebody enters.
   *
   * @param accountNumber the bank account for payouts; null when the account has one already
   */
  record Details(
      @Nullable String businessType,
      @Nullable String businessName,
      @Nullable String accountNumber,
      @Nullable String routingNumber) {}

  /**
   * Completes the onboarding of a locked account.
   *
   * @param verified whether Stripe has verified everything at once
   */
  void handle(StripeObject account, Details details, boolean verified) {
    String reason = account.innerText(AccountStatus.REASON);
    if (reason != null && reason.startsWith("rejected.")) {
      throw StripeRefusal.wrongState(null, null, "This account has been rejected.");
    }
    ObjectNode before = account.body().deepCopy();
    fillIn(account, details);
    if (details.accountNumber() != null) {
      addBankAccount(account, details.accountNumber(), details.routingNumber());
    }
    ObjectNode inner = account.inner();
    inner.put(AccountStatus.COLLECTED, true);
    inner.remove(AccountStatus.DEMANDED);
    inner.remove(AccountStatus.DEADLINE);
    inner.remove(AccountStatus.REASON);
    inner.remove(AccountStatus.PAYOUTS);
    steps.cancel(PassDeadline.KIND, account.id());
    if (verified) {
      inner.remove(AccountStatus.VERIFYING);
      steps.cancel(VerifyAccount.KIND, account.id());
    } else {
      inner.put(AccountStatus.VERIFYING, true);
      steps.planAfter(settings.verificationDelay(), VerifyAccount.KIND, account.id());
    }
    accounts.changed(account, before);
  }

  private void fillIn(StripeObject account, Details details) {
    ObjectNode body = account.body();
    if (account.text("business_type") == null) {
      String type = details.businessType();
      body.put("business_type", type == null ? "company" : type);
    }
    ObjectNode profile = body.withObjectProperty("business_profile");
    if (profile.get("mcc").isNull()) {
      profile.put("mcc", EDUCATION);
    }
    if (profile.get("name").isNull()) {
      profile.put("name", details.businessName());
    }
    ObjectNode terms = body.withObjectProperty("tos_acceptance");
    if (terms.get("date").isNull()) {
      terms.put("date", clock.epochSecond());
      terms.put("ip", "127.0.0.1");
    }
  }

  private void addBankAccount(StripeObject account, String number, @Nullable String routing) {
    String country = account.requiredText("country");
    externalAccounts.replaceDefault(
        account,
        ExternalAccounts.Wanted.of(
            BankNumbers.of(country, number, routing, "account_number"),
            country,
            account.requiredText("default_currency")));
  }
}
