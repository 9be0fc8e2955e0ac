package io.cpdevents.sandbox.accounts;

import io.cpdevents.sandbox.objects.StripeJson;
import io.cpdevents.sandbox.objects.StripeObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Derives the requirements, the capabilities and what is enabled from the facts of a connected
 * account. Inner facts are used for what the account does not show.
 */
final class AccountStatus {
  /** Whether the person and the terms of service have been collected by onboarding. */
  static final String COLLECTED = "collected";

  /** Whether Stripe is still verifying what has been collected. */
  static final String VERIFYING = "verifying";

  /** Requirements that a lever has added. */
  static final String DEMANDED = "demanded";

  /** When the demanded requirements are past due; absent when they are past due already. */
  static final String DEADLINE = "deadline";

  /** The disabled reason that a lever or a rejection has set. */
  static final String REASON = "reason";

  /** Whether payouts are enabled, when a lever has set it. */
  static final String PAYOUTS = "payouts";

  static final String PAST_DUE = "requirements.past_due";
  static final String EXTERNAL_ACCOUNT = "external_account";

  private static final String PENDING_VERIFICATION = "requirements.pending_verification";

  private static final List<String> PERSON =
      List.of("dob.day", "dob.month", "dob.year", "email", "first_name", "last_name");

  private AccountStatus() {}

  static void derive(StripeObject account) {
    if (Accounts.isPlatform(account)) {
      return;
    }
    boolean collected = account.innerFlag(COLLECTED);
    boolean verifying = account.innerFlag(VERIFYING);
    Set<String> demanded = demanded(account);
    Set<String> due = new LinkedHashSet<>(collected ? List.of() : uncollected(account));
    Set<String> pastDue = new LinkedHashSet<>(due);
    if (!hasUsableBankAccount(account)) {
      due.add(EXTERNAL_ACCOUNT);
      pastDue.add(EXTERNAL_ACCOUNT);
    }
    due.addAll(demanded);
    JsonNode deadline = account.inner().get(DEADLINE);
    boolean accountPastDue = !collected || (!demanded.isEmpty() && deadline == null);
    if (deadline == null) {
      pastDue.addAll(demanded);
    }
    String reason = account.innerText(REASON);
    boolean disabled = accountPastDue || verifying || reason != null;
    writeRequirements(account, due, pastDue, reasonShown(reason, verifying, pastDue));
    writeCapabilities(account, disabled, verifying && !accountPastDue && reason == null);
    JsonNode payouts = account.inner().get(PAYOUTS);
    account
        .body()
        .put(
            "payouts_enabled",
            payouts == null ? !disabled && pastDue.isEmpty() : payouts.asBoolean());
    account.body().put("details_submitted", collected);
  }

  private static @Nullable String reasonShown(
      @Nullable String reason, boolean verifying, Set<String> pastDue) {
    if (reason != null) {
      return reason;
    }
    if (!pastDue.isEmpty()) {
      return PAST_DUE;
    }
    return verifying ? PENDING_VERIFICATION : null;
  }

  /** What onboarding still has to collect. */
  private static List<String> uncollected(StripeObject account) {
    List<String> missing = new ArrayList<>();
    ObjectNode body = account.body();
    JsonNode profile = body.get("business_profile");
    if (profile.get("mcc").isNull()) {
      missing.add("business_profile.mcc");
    }
    if (profile.get("url").isNull() && profile.get("product_description").isNull()) {
      missing.add("business_profile.url");
    }
    String type = account.text("business_type");
    if (type == null) {
      missing.add("business_type");
    }
    if ("company".equals(type) && StripeJson.text(body.path("company"), "name") == null) {
      missing.add("company.name");
    }
    String person = "individual".equals(type) ? "individual." : "representative.";
    PERSON.forEach(field -> missing.add(person + field));
    if (body.get("tos_acceptance").get("date").isNull()) {
      missing.add("tos_acceptance.date");
      missing.add("tos_acceptance.ip");
    }
    return missing;
  }

  static Set<String> demanded(StripeObject account) {
    Set<String> demanded = new LinkedHashSet<>();
    account.inner().path(DEMANDED).values().forEach(field -> demanded.add(field.asString()));
    return demanded;
  }

  private static boolean hasUsableBankAccount(StripeObject account) {
    return account
        .body()
        .get("external_accounts")
        .get("data")
        .valueStream()
        .anyMatch(bank -> !bank.get("status").asString().equals(ExternalAccounts.ERRORED));
  }

  private static void writeRequirements(
      StripeObject account, Set<String> due, Set<String> pastDue, @Nullable String reason) {
    ObjectNode requirements = (ObjectNode) account.body().get("requirements");
    put(requirements, "currently_due", due);
    put(requirements, "eventually_due", due);
    put(requirements, "past_due", pastDue);
    put(
        requirements,
        "pending_verification",
        account.innerFlag(VERIFYING) ? List.of("representative.verification.document") : List.of());
    JsonNode deadline = account.inner().get(DEADLINE);
    requirements.set("current_deadline", deadline == null ? null : deadline.deepCopy());
    requirements.put("disabled_reason", reason);
  }

  private static void put(ObjectNode requirements, String field, Collection<String> values) {
    ArrayNode array = requirements.putArray(field);
    values.forEach(array::add);
  }

  private static void writeCapabilities(
      StripeObject account, boolean disabled, boolean onlyVerifying) {
    ObjectNode capabilities = (ObjectNode) account.body().get("capabilities");
    for (String name : List.copyOf(capabilities.propertyNames())) {
      capabilities.put(name, !disabled ? "active" : onlyVerifying ? "pending" : "inactive");
    }
    account
        .body()
        .put("charges_enabled", Capabilities.isActive(account.body(), Capabilities.CARD_PAYMENTS));
  }
}
