package io.cpdevents.accounts.factors;

import java.time.Instant;
import java.util.UUID;

/** One kind of second factor, of which {@code account.factors} counts each. */
public interface FactorKind {

  /** Removes the account's that were added since then; answers how many counted. */
  int removeAddedSince(UUID accountId, Instant since);
}
