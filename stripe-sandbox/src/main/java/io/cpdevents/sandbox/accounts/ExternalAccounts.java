package io.cpdevents.sandbox.accounts;

import io.cpdevents.sandbox.api.Metadata;
import io.cpdevents.sandbox.api.Params;
import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.events.Events;
import io.cpdevents.sandbox.objects.ObjectQuery;
import io.cpdevents.sandbox.objects.StripeIds;
import io.cpdevents.sandbox.objects.StripeJson;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import io.cpdevents.sandbox.products.Prices;
import io.cpdevents.sandbox.time.SandboxClock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The external accounts of accounts, to which payouts go. They are bank accounts; debit cards are
 * not supported. An account shows its external accounts, so whoever changes one locks the account
 * first and writes it afterwards.
 */
@Component
public class ExternalAccounts {
  public static final String KIND = "bank_account";

  /** The status of a bank account to which a payout has failed. */
  static final String ERRORED = "errored";

  /** The inner fact with the code with which payouts to this bank account fail. */
  static final String PAYOUT_FAILURE = "payout_failure";

  private static final String PARAM = "external_account";
  private static final String DEFAULT = "default_for_currency";
  private static final int MAX_EXTERNAL_ACCOUNTS = 100;

  private final StripeObjects objects;
  private final Events events;
  private final SandboxClock clock;

  ExternalAccounts(StripeObjects objects, Events events, SandboxClock clock) {
    this.objects = objects;
    this.events = events;
    this.clock = clock;
  }

  /** A bank account as a request describes it. */
  record Wanted(
      BankNumbers numbers,
      String country,
      String currency,
      @Nullable String holderName,
      @Nullable String holderType) {

    /** One of which only the numbers are known. */
    static Wanted of(BankNumbers numbers, String country, String currency) {
      return new Wanted(numbers, country, currency, null, null);
    }
  }

  /** Reads {@code external_account}, a token or the numbers; null when it is not given. */
  static @Nullable Wanted read(Params params) {
    if (!params.has(PARAM)) {
      return null;
    }
    if (!params.isObject(PARAM)) {
      return Wanted.of(BankNumbers.ofToken(params.requiredText(PARAM), PARAM), "US", "usd");
    }
    Params given = params.childOrEmpty(PARAM);
    given.oneOf("object", KIND);
    String country = Countries.require(given.requiredText("country"), given.full("country"));
    return new Wanted(
        BankNumbers.of(
            country,
            given.requiredText("account_number"),
            given.text("routing_number"),
            given.full("account_number")),
        country,
        Prices.currency(given),
        given.text("account_holder_name"),
        given.oneOf("account_holder_type", "individual", "company"));
  }

  /** Adds a bank account to a locked account; the first one in its currency is the default. */
  StripeObject add(StripeObject account, Wanted wanted, boolean asDefault, ObjectNode metadata) {
    StripeObject bank =
        StripeObject.shaped(account.id(), KIND, StripeIds.next("ba"), clock.epochSecond());
    ObjectNode body = bank.body();
    body.put("account", account.id());
    body.put("account_holder_name", wanted.holderName());
    body.put("account_holder_type", wanted.holderType());
    body.put("country", wanted.country());
    body.put("currency", wanted.currency());
    body.put("fingerprint", wanted.numbers().fingerprint());
    body.set("metadata", metadata);
    body.put("last4", wanted.numbers().last4());
    body.put("routing_number", wanted.numbers().routing());
    bank.inner().put(PAYOUT_FAILURE, wanted.numbers().payoutFailure());
    objects.add(bank);
    if (asDefault || findDefault(account.id(), wanted.currency()).isEmpty()) {
      makeDefault(bank);
    }
    showIn(account);
    events.record("account.external_account.created", bank);
    return bank;
  }

  /** Makes a locked bank account the default of its currency. */
  private void makeDefault(StripeObject bank) {
    for (StripeObject other : inCurrency(bank.account(), bank.requiredText("currency"))) {
      if (!other.id().equals(bank.id()) && isDefault(other)) {
        other.body().put(DEFAULT, false);
        objects.save(other);
      }
    }
    bank.body().put(DEFAULT, true);
    objects.save(bank);
  }

  static boolean isDefault(StripeObject bank) {
    return bank.body().get(DEFAULT).booleanValue();
  }

  /** Replaces the default of a currency, as {@code external_account} of an account does. */
  void replaceDefault(StripeObject account, Wanted wanted) {
    Optional<StripeObject> before = findDefault(account.id(), wanted.currency());
    add(account, wanted, true, StripeJson.object());
    before.ifPresent(old -> remove(account, objects.lockExisting(KIND, old.id())));
  }

  /** Updates the fields that are given of a bank account whose account is locked. */
  void update(StripeObject account, StripeObject bank, Params params) {
    ObjectNode before = bank.body().deepCopy();
    String name = params.textOrEmpty("account_holder_name");
    if (name != null) {
      bank.body().put("account_holder_name", name.isEmpty() ? null : name);
    }
    String type = params.oneOf("account_holder_type", "individual", "company");
    if (type != null) {
      bank.body().put("account_holder_type", type);
    }
    Boolean asDefault = params.flag(DEFAULT);
    Metadata.merge(params, bank.body());
    params.refuseOthers();
    if (Boolean.TRUE.equals(asDefault)) {
      makeDefault(bank);
    }
    changed(account, bank, before);
  }

  private void changed(StripeObject account, StripeObject bank, ObjectNode before) {
    objects.save(bank);
    showIn(account);
    events.recordChange("account.external_account.updated", bank, before);
  }

  /** Deletes a locked bank account whose account is locked too. */
  void remove(StripeObject account, StripeObject bank) {
    objects.remove(bank);
    showIn(account);
    ObjectNode deleted = StripeJson.object();
    deleted.setAll(bank.body());
    events.record(account.id(), "account.external_account.deleted", deleted, null);
  }

  /** Disables a bank account, because a payout to it has failed. */
  public void disable(StripeObject account, String bankId) {
    objects
        .lock(KIND, bankId)
        .ifPresent(bank -> {
          ObjectNode before = bank.body().deepCopy();
          bank.body().put("status", ERRORED);
          changed(account, bank, before);
        });
  }

  public Optional<StripeObject> find(String account, String id) {
    return objects.find(account, KIND, id);
  }

  public Optional<StripeObject> findDefault(String account, String currency) {
    return inCurrency(account, currency).stream().filter(ExternalAccounts::isDefault).findFirst();
  }

  private List<StripeObject> inCurrency(String account, String currency) {
    return objects.oldest(
        ObjectQuery.of(account, KIND).with("currency", currency), MAX_EXTERNAL_ACCOUNTS);
  }

  public static boolean isUsable(StripeObject bank) {
    return !bank.is("status", ERRORED);
  }

  /** The code with which a payout to this bank account fails; null when it arrives. */
  public static @Nullable String payoutFailure(StripeObject bank) {
    return bank.innerText(PAYOUT_FAILURE);
  }

  /** The locked platform's bank account in a currency, which is created when it is needed. */
  public StripeObject ofPlatform(StripeObject platform, String currency) {
    return findDefault(platform.id(), currency)
        .orElseGet(() -> {
          Wanted wanted =
              Wanted.of(
                  BankNumbers.ofToken("btok_us_verified", PARAM),
                  platform.requiredText("country"),
                  currency);
          StripeObject bank = add(platform, wanted, true, StripeJson.object());
          objects.save(platform);
          return bank;
        });
  }

  private void showIn(StripeObject account) {
    ArrayNode banks = StripeJson.array();
    objects
        .oldest(ObjectQuery.of(account.id(), KIND), MAX_EXTERNAL_ACCOUNTS)
        .forEach(bank -> banks.add(bank.body()));
    showIn(account, banks);
  }

  static void showIn(StripeObject account, ArrayNode banks) {
    ObjectNode list = account.body().withObjectProperty("external_accounts");
    list.put("object", "list");
    list.put("has_more", false);
    list.put("total_count", banks.size());
    list.put("url", "/v1/accounts/" + account.id() + "/external_accounts");
    list.set("data", banks);
  }

  static StripeRefusal noSuch(String id) {
    return StripeRefusal.noSuch("external account", id, "id");
  }
}
