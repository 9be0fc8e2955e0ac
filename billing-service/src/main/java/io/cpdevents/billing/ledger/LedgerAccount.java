package io.cpdevents.billing.ledger;

import io.cpdevents.contracts.ContractsJson;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An account of the ledger, written {@code stripe} or {@code organization:<id>}.
 *
 * @param organizationId whose it is; null for the platform's own
 */
public record LedgerAccount(Kind kind, @Nullable UUID organizationId) {

  /** What an account is for; money.md has the meaning of each. */
  public enum Kind {
    STRIPE(false, false),
    AWAITING_STRIPE(false, false),
    REFUNDS(false, false),
    SUSPENSE(false, false),
    PLATFORM_FEES(false, false),
    STRIPE_FEES(false, false),
    ORGANIZATION(true, true),
    HELD(true, true),
    IN_PAYOUT(true, true),
    CONNECTED(true, false);

    private final boolean guarded;
    private final boolean told;

    Kind(boolean guarded, boolean told) {
      this.guarded = guarded;
      this.told = told;
    }
  }

  /** Refuses an organization's account without one, and the reverse. */
  public LedgerAccount {
    if (kind.guarded != (organizationId != null)) {
      throw new IllegalArgumentException(kind + " of organization " + organizationId);
    }
  }

  /** An account of the platform. */
  public static LedgerAccount platform(Kind kind) {
    return new LedgerAccount(kind, null);
  }

  /** What an organization has earned and not been promised in a payout. */
  public static LedgerAccount organization(UUID organizationId) {
    return new LedgerAccount(Kind.ORGANIZATION, organizationId);
  }

  /** Whether its balance is kept as a row that is locked, in sorted order. */
  boolean isGuarded() {
    return kind.guarded;
  }

  /** Whether each posting on it is told to payout-service. */
  boolean isTold() {
    return kind.told;
  }

  /** The kind's name as events and the API say it. */
  String kindName() {
    return ContractsJson.kebabCase(kind);
  }

  /** The account's name in the ledger. */
  public String name() {
    return organizationId == null ? kindName() : kindName() + ":" + organizationId;
  }
}
