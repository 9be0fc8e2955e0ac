package io.cpdevents.billing.ledger;

import io.cpdevents.platform.money.Money;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A fact in double entry: its lines sum to zero in each currency.
 *
 * @param businessId with the kind, what happened: it is posted once
 * @param paymentId the payment it concerns; needed when an organization's account is touched
 * @param eventId the event whose end makes the money available
 */
public record Journal(
    JournalKind kind,
    String businessId,
    @Nullable UUID paymentId,
    @Nullable UUID eventId,
    List<Posting> postings) {

  /** Refuses a journal that is empty, does not sum to zero, or hides an organization's payment. */
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
    boolean told = postings.stream().anyMatch(posting -> posting.account().isTold());
    if (told && paymentId == null) {
      throw new IllegalArgumentException(kind + " " + businessId + " concerns no payment");
    }
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
