package io.cpdevents.billing.ledger;

import io.cpdevents.platform.money.Money;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What people can post about breaks of some kinds. Each feature knows that of its own breaks: how
 * much it is now, what has to stay as it is meanwhile, and what follows when it is posted.
 */
public interface BreakMoney {

  /**
   * What can be posted about a break at this moment.
   *
   * @param amount what the account that people choose gets, debit positive; never zero
   * @param leaving the other lines of the journal; together with the amount they sum to zero
   * @param about what the journal is about
   * @param organizationId whose account alone may be chosen, if it is an organization's; null: any
   */
  record Standing(
      Money amount, List<Posting> leaving, JournalReferences about, @Nullable UUID organizationId) {

    /** Copies the list. */
    public Standing {
      leaving = List.copyOf(leaving);
    }
  }

  /** The kinds of breaks that this is about. */
  Set<BreakKind> kinds();

  /**
   * Locks what a break is about, before the break itself is locked, as whoever opens and resolves
   * breaks does.
   *
   * @return empty when nothing can be posted: nothing is there, or it is not decided yet, or Stripe
   *     has it under way
   */
  Optional<Standing> lock(Break about);

  /**
   * What of it can be posted to an account that people have chosen, under the same locks: all of it
   * unless the feature says otherwise.
   *
   * @return empty when nothing can be posted there now
   */
  default Optional<Standing> postable(Break about, Standing standing, LedgerAccount account) {
    return Optional.of(standing);
  }

  /**
   * What was locked has been posted to an account, in this transaction: what the break is about
   * follows.
   */
  void posted(Break about, LedgerAccount account, Standing standing);
}
