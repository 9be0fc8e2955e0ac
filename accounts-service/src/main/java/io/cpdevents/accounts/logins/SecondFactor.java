package io.cpdevents.accounts.logins;

import java.util.Optional;
import java.util.UUID;

/** What an account has beside its password. */
public interface SecondFactor {

  /** A code that is right, and still has to be used up. */
  interface RightCode {

    /** Uses it up in the running transaction; false when that was done in the meantime. */
    boolean use();
  }

  /** Whether there is any: then the password alone proves nothing of consequence. */
  boolean isThere(UUID accountId);

  /** Whether a log-in with the password asks for a code. */
  boolean asksForCode(UUID accountId);

  /** The code, if it is one of this account that counts now. */
  Optional<RightCode> check(UUID accountId, FactorCode code);
}
