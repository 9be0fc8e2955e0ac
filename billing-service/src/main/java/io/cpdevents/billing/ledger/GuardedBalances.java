package io.cpdevents.billing.ledger;

import io.cpdevents.billing.ledger.LedgerAccount.Kind;
import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.sql.Parameters;
import java.util.Collection;
import java.util.Currency;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The balances of organizations' own accounts. Every payment of an organization moves the same row,
 * so it is moved by the last statement before the commit: nobody holds its lock while doing
 * something else. One statement moves all rows of a transaction in sorted order, so that two
 * transactions cannot deadlock.
 */
@Component
class GuardedBalances {

  private record Row(String account, String currency) {}

  /** A guarded balance in some currency, debit positive. */
  private record Balance(String account, long amountMinor) {}

  private final JdbcClient jdbc;

  GuardedBalances(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Moves what these postings move, when the surrounding transaction is about to commit; until then
   * the rows hold the balances before it.
   *
   * @throws IllegalStateException outside a transaction
   */
  void moveBeforeCommit(List<Posting> postings) {
    List<Posting> guarded =
        postings.stream().filter(posting -> posting.account().isGuarded()).toList();
    if (!guarded.isEmpty()) {
      ofThisTransaction().add(guarded);
    }
  }

  /**
   * Locks accounts of an organization, in sorted order. They are read by a statement after that:
   * the one that has waited for a lock does not see a row that was added meanwhile.
   *
   * @return what is on each of them, credit positive
   */
  Map<Kind, Money> lock(UUID organizationId, Currency currency, Set<Kind> kinds) {
    Map<String, Kind> accounts =
        kinds.stream()
            .collect(
                Collectors.toMap(
                    kind -> new LedgerAccount(kind, organizationId).name(), Function.identity()));
    select(accounts.keySet(), currency, "ORDER BY account FOR UPDATE");
    Map<Kind, Money> balances = new EnumMap<>(Kind.class);
    kinds.forEach(kind -> balances.put(kind, Money.zero(currency)));
    for (Balance balance : select(accounts.keySet(), currency, "")) {
      balances.replace(
          accounts.get(balance.account()),
          new Money(Math.negateExact(balance.amountMinor()), currency));
    }
    return balances;
  }

  private List<Balance> select(Collection<String> accounts, Currency currency, String lock) {
    return jdbc.sql(
            """
            SELECT account, amount_minor FROM account_balance
            WHERE account = ANY (:accounts) AND currency = :currency
            """
                + lock)
        .param("accounts", Parameters.texts(accounts, Function.identity()))
        .param("currency", Parameters.currency(currency))
        .query((row, _) -> new Balance(row.getString("account"), row.getLong("amount_minor")))
        .list();
  }

  private Changes ofThisTransaction() {
    return TransactionSynchronizationManager.getSynchronizations().stream()
        .filter(Changes.class::isInstance)
        .map(Changes.class::cast)
        .findFirst()
        .orElseGet(() -> {
          Changes changes = new Changes();
          TransactionSynchronizationManager.registerSynchronization(changes);
          return changes;
        });
  }

  private final class Changes implements TransactionSynchronization {

    private final Map<Row, Long> amounts = new LinkedHashMap<>();

    void add(List<Posting> postings) {
      for (Posting posting : postings) {
        amounts.merge(
            new Row(posting.account().name(), Parameters.currency(posting.amount().currency())),
            posting.amount().amountMinor(),
            Math::addExact);
      }
    }

    @Override
    public void beforeCommit(boolean readOnly) {
      Collection<Row> rows = amounts.keySet();
      jdbc.sql(
              """
              INSERT INTO account_balance (account, currency, amount_minor)
              SELECT account, currency, amount
              FROM unnest(:accounts, :currencies, :amounts) AS change (account, currency, amount)
              ORDER BY account, currency
              ON CONFLICT (account, currency)
              DO UPDATE SET amount_minor = account_balance.amount_minor + EXCLUDED.amount_minor
              """)
          .param("accounts", Parameters.texts(rows, Row::account))
          .param("currencies", Parameters.texts(rows, Row::currency))
          .param("amounts", Parameters.bigints(amounts.values(), Long::longValue))
          .update();
    }
  }
}
