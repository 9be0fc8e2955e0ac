package io.cpdevents.accounts.logins;

import java.time.Instant;
import java.util.UUID;

/**
 * Somebody has proved who they are, and it is recorded. Nothing makes one but {@link MakeAttempt}:
 * so whatever asks for one (a session that is opened or proved anew, a password that is set) cannot
 * be had by a way that records nothing.
 */
public final class Proof {

  private final UUID accountId;
  private final Instant provedAt;
  private final boolean byFactor;

  Proof(UUID accountId, Instant provedAt, boolean byFactor) {
    this.accountId = accountId;
    this.provedAt = provedAt;
    this.byFactor = byFactor;
  }

  /** Who it is. */
  public UUID accountId() {
    return accountId;
  }

  /** When, in the machine's time, as access tokens tell it. */
  public Instant provedAt() {
    return provedAt;
  }

  /** Whether by a second factor, or by what needs none beside it. */
  public boolean byFactor() {
    return byFactor;
  }
}
