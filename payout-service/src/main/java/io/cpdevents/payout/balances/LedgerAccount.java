package io.cpdevents.payout.balances;

import java.util.Arrays;

/** The ledger accounts of an organization that billing tells us about. */
public enum LedgerAccount {
  /** Earned and not promised in a payout; may be negative. */
  ORGANIZATION("organization"),
  /** Set aside for open disputes. */
  HELD("held"),
  /** Promised in a payout under way. */
  IN_PAYOUT("in-payout");

  private final String code;

  LedgerAccount(String code) {
    this.code = code;
  }

  /** The name on the wire and in the database. */
  public String code() {
    return code;
  }

  /**
   * The account with this name.
   *
   * @throws IllegalArgumentException when billing knows an account that we do not
   */
  public static LedgerAccount of(String code) {
    return Arrays.stream(values())
        .filter(account -> account.code.equals(code))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no ledger account is named " + code));
  }
}
