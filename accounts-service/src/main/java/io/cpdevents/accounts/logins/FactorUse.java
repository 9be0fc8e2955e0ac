package io.cpdevents.accounts.logins;

import java.util.UUID;

/** Whoever has to know that a person still has a second factor. */
public interface FactorUse {

  /** Somebody has proved one, in the transaction that records it. */
  void proved(UUID accountId);
}
