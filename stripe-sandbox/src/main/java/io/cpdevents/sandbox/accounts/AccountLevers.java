package io.cpdevents.sandbox.accounts;

import io.cpdevents.sandbox.accounts.CompleteOnboarding.Details;
import io.cpdevents.sandbox.api.ApiTransaction;
import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.objects.ObjectViews;
import io.cpdevents.sandbox.objects.StripeJson;
import io.cpdevents.sandbox.objects.StripeObject;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Does with connected accounts what their owners and Stripe do. */
@RestController
@RequestMapping(path = "/_sandbox/accounts/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
class AccountLevers {
  private static final Set<String> REASONS =
      Set.of(
          "action_required.requested_capabilities",
          "listed",
          "other",
          "platform_paused",
          "rejected.fraud",
          "rejected.incomplete_verification",
          "rejected.listed",
          "rejected.other",
          "rejected.terms_of_service",
          "requirements.past_due",
          "requirements.pending_verification",
          "under_review");

  private static final String BANK_ACCOUNT = "000123456789";
  private static final String ROUTING_NUMBER = "110000000";

  private final Accounts accounts;
  private final CompleteOnboarding completeOnboarding;
  private final DemandRequirements demandRequirements;
  private final EndAccount endAccount;
  private final ObjectViews views;
  private final ApiTransaction transaction;

  AccountLevers(
      Accounts accounts,
      CompleteOnboarding completeOnboarding,
      DemandRequirements demandRequirements,
      EndAccount endAccount,
      ObjectViews views,
      ApiTransaction transaction) {
    this.accounts = accounts;
    this.completeOnboarding = completeOnboarding;
    this.demandRequirements = demandRequirements;
    this.endAccount = endAccount;
    this.views = views;
    this.transaction = transaction;
  }

  /**
   * Body of {@code onboarding}, which is optional.
   *
   * @param accountNumber the bank account for payouts; by default one to which payouts arrive,
   *     unless the account has one
   */
  record Onboarding(@Nullable String accountNumber, @Nullable String routingNumber) {}

  /** Body of {@code requirements}. */
  record Requirements(
      @Nullable List<String> currentlyDue,
      @Nullable String disabledReason,
      @Nullable Boolean payoutsEnabled) {}

  /** Completes the onboarding without a browser; Stripe has verified everything at once. */
  @PostMapping("/onboarding")
  String onboard(
      @PathVariable String id, @RequestBody(required = false) @Nullable Onboarding onboarding) {
    return change(
        id,
        account -> {
          String number = onboarding == null ? null : onboarding.accountNumber();
          String routing = onboarding == null ? null : onboarding.routingNumber();
          if (number == null && account.body().get("external_accounts").get("data").isEmpty()) {
            number = BANK_ACCOUNT;
          }
          if (number != null && routing == null) {
            routing = ROUTING_NUMBER;
          }
          completeOnboarding.handle(account, new Details(null, null, number, routing), true);
        });
  }

  /** Replaces what Stripe requires of the account, and disables it if there is a reason. */
  @PostMapping("/requirements")
  String require(@PathVariable String id, @RequestBody Requirements requirements) {
    List<String> due = requirements.currentlyDue();
    String reason = requirements.disabledReason();
    if (due == null) {
      throw StripeRefusal.missing("currentlyDue");
    }
    if (reason != null && !REASONS.contains(reason)) {
      throw StripeRefusal.invalid(
          null,
          "disabledReason",
          "Invalid disabledReason: must be one of "
              + String.join(", ", REASONS.stream().sorted().toList()));
    }
    return change(
        id,
        account -> demandRequirements.handle(account, due, reason, requirements.payoutsEnabled()));
  }

  /** Ends the connection to the platform, as the owner of the account does. */
  @PostMapping("/deauthorization")
  String deauthorize(@PathVariable String id) {
    return change(id, endAccount::disconnect);
  }

  private String change(String id, Consumer<StripeObject> change) {
    return StripeJson.write(
        transaction.run(() -> {
          StripeObject account = accounts.lockOrNotFound(id);
          change.accept(account);
          return views.show(account);
        }));
  }
}
