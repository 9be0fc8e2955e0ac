package io.cpdevents.sandbox.dashboard;

import io.cpdevents.sandbox.accounts.Accounts;
import io.cpdevents.sandbox.api.ApiTransaction;
import io.cpdevents.sandbox.api.StripeAccounts;
import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.objects.ObjectViews;
import io.cpdevents.sandbox.objects.StripeJson;
import io.cpdevents.sandbox.products.Prices;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Adds balance transactions that the platform has not caused. */
@RestController
@RequestMapping(
    path = "/_sandbox/balance-transactions",
    produces = MediaType.APPLICATION_JSON_VALUE)
class BalanceTransactionLevers {
  private static final int MAX_TRANSACTIONS = 1_000_000;
  private static final int MAX_DAYS = 3_650;
  private static final int DEFAULT_DAYS = 30;
  private static final String DEFAULT_CURRENCY = "usd";
  private static final long DEFAULT_AMOUNT_MINOR = -1;

  private final AddTransaction addTransaction;
  private final AddManyTransactions addManyTransactions;
  private final Accounts accounts;
  private final ObjectViews views;
  private final ApiTransaction transaction;

  BalanceTransactionLevers(
      AddTransaction addTransaction,
      AddManyTransactions addManyTransactions,
      Accounts accounts,
      ObjectViews views,
      ApiTransaction transaction) {
    this.addTransaction = addTransaction;
    this.addManyTransactions = addManyTransactions;
    this.accounts = accounts;
    this.views = views;
    this.transaction = transaction;
  }

  /**
   * Body of the lever.
   *
   * @param amountMinor the change of the balance; Stripe books some changes of nothing, too
   * @param accountId a connected account; by default the platform
   */
  record Unrequested(
      @Nullable Long amountMinor,
      @Nullable String currency,
      @Nullable String type,
      @Nullable String accountId) {}

  /**
   * Body of {@code bulk}.
   *
   * @param type by default {@code stripe_fee}
   * @param amountMinor of each; by default -1
   * @param days over how many days until now they are spread; by default 30
   */
  record Bulk(
      @Nullable Integer count,
      @Nullable String type,
      @Nullable Long amountMinor,
      @Nullable String currency,
      @Nullable Integer days,
      @Nullable String accountId) {}

  /** How many balance transactions have been added. */
  record Added(int count) {}

  @PostMapping
  String add(@RequestBody Unrequested unrequested) {
    Long amount = unrequested.amountMinor();
    if (amount == null) {
      throw StripeRefusal.missing("amountMinor");
    }
    String given = unrequested.currency();
    if (given == null) {
      throw StripeRefusal.missing("currency");
    }
    String account = account(unrequested.accountId());
    String currency = currency(given);
    UnrequestedType type = UnrequestedType.of(unrequested.type());
    return StripeJson.write(
        transaction.run(() -> views.show(addTransaction.handle(account, type, amount, currency))));
  }

  @PostMapping("/bulk")
  Added addMany(@RequestBody Bulk bulk) {
    Integer days = bulk.days();
    Long amount = bulk.amountMinor();
    String currency = bulk.currency();
    UnrequestedType type =
        bulk.type() == null ? UnrequestedType.STRIPE_FEE : UnrequestedType.of(bulk.type());
    if (type == UnrequestedType.PAYOUT || type == UnrequestedType.TOPUP) {
      throw StripeRefusal.invalid(
          null, "type", "Payouts and top-ups have objects of their own: add them one by one.");
    }
    AddManyTransactions.Wanted wanted =
        new AddManyTransactions.Wanted(
            account(bulk.accountId()),
            within(bulk.count(), MAX_TRANSACTIONS, "count"),
            type,
            amount == null ? DEFAULT_AMOUNT_MINOR : amount,
            currency(currency == null ? DEFAULT_CURRENCY : currency),
            within(days == null ? Integer.valueOf(DEFAULT_DAYS) : days, MAX_DAYS, "days"));
    return transaction.run(() -> new Added(addManyTransactions.handle(wanted)));
  }

  private static int within(@Nullable Integer value, int most, String param) {
    if (value == null || value < 1 || value > most) {
      throw StripeRefusal.invalid(
          "parameter_invalid_integer",
          param,
          "This value must be between 1 and %d (inclusive).".formatted(most));
    }
    return value;
  }

  private static String currency(String given) {
    String currency = given.toLowerCase(Locale.ROOT);
    Prices.requireCurrency(currency, "currency");
    return currency;
  }

  private String account(@Nullable String id) {
    if (id == null || id.equals(StripeAccounts.PLATFORM)) {
      return StripeAccounts.PLATFORM;
    }
    if (accounts.findConnected(id).isEmpty()) {
      throw StripeRefusal.noSuchParameter("account", id, "accountId");
    }
    return id;
  }
}
