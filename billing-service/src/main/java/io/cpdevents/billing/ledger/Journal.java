package io.cpdevents.billing.ledger;

import io.cpdevents.platform.money.Money;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A fact in double entry: its lines sum to zero in each currency.
 *
 * @param businessId unique together with the kind: each fact is posted once
 * @param about what it is about
 */
public record Journal(
    JournalKind kind, String businessId, JournalReferences about, List<Posting> postings) {

  /** Refuses a journal that is empty or does not sum to zero. */
  public Journal {
    postings = List.copyOf(postings);
    if (postings.isEmpty()) {
      throw new IllegalArgumentException(kind + " " + businessId + " has no postings");
    }
    Map<Currency, Long> sums = new HashMap<>();
    postings.forEach(posting ->
        sums.merge(posting.amount().currency(), posting.amount().amountMinor(), Math::addExact));
    if (sums.values().stream().anyMatch(sum -> sum != 0)) {
      throw new IllegalArgumentException(kind + " " + businessId + " sums to " + sums);
    }
  }

  /** What the platform earns by it in a currency; negative: what it gives back. */
  Money creditedFees(Currency currency) {
    return postings.stream()
        .filter(posting -> posting.account().kind() == LedgerAccount.Kind.PLATFORM_FEES)
        .map(Posting::amount)
        .filter(amount -> amount.currency().equals(currency))
        .reduce(Money.zero(currency), Money::minus);
  }

  /** Collects the lines of a journal; amounts of zero are left out. */
  public static final class Lines {
    private final List<Posting> postings = new ArrayList<>();

    /** Adds a debit. */
    public Lines debit(LedgerAccount account, Money amount) {
      if (!amount.isZero()) {
        postings.add(new Posting(account, amount));
      }
      return this;
    }

    /** Adds a credit. */
    public Lines credit(LedgerAccount account, Money amount) {
      return debit(account, amount.negate());
    }

    /** The lines so far. */
    public List<Posting> list() {
      return List.copyOf(postings);
    }
  }
}
