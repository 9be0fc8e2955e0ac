package io.cpdevents.billing.ledger;

import io.cpdevents.contracts.ContractsJson;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An account of the ledger, written {@code stripe} or {@code organization:<id>}.
 *
 * @param organizationId whose it is; null for the platform's own
 */
public record LedgerAccount(Kind kind, @Nullable UUID organizationId) {

  /** What an account is for. */
  public enum Kind {
    /** Asset: the platform's balance at Stripe, pending and available. */
    STRIPE(false, false),
    /** Asset: captured, and its balance transaction has not been seen. */
    AWAITING_STRIPE(false, false),
    /** Liability: owed to buyers, and not yet taken by Stripe. */
    REFUNDS(false, false),
    /** Liability: money whose cause is not known; each line has an open break. */
    SUSPENSE(false, false),
    /** Revenue: the platform's fees. */
    PLATFORM_FEES(false, false),
    /** Revenue: what organizations pay for their plans. */
    SUBSCRIPTIONS(false, false),
    /** Expense: what Stripe keeps. */
    STRIPE_FEES(false, false),
    /** Asset: withdrawn by Stripe for disputes, and the outcome is open. */
    DISPUTES(false, false),
    /** Expense: what Stripe takes for disputes. */
    DISPUTE_FEES(false, false),
    /** Asset: the platform's own bank account, which it pays out to. */
    BANK(false, false),
    /** Expense: what nobody will ever pay. */
    WRITE_OFFS(false, false),
    /** Liability: what an organization has earned and not been promised in a payout. */
    ORGANIZATION(true, true),
    /** Liability: set aside for an organization's open disputes. */
    HELD(true, true),
    /** Liability: promised to an organization in a payout under way. */
    IN_PAYOUT(true, true),
    /** Asset: the balance of an organization's own Stripe account. */
    CONNECTED(true, false),
    /** Asset: on its way from an organization's own Stripe account to its bank. */
    CONNECTED_PAYOUTS(true, false);

    private final boolean guarded;
    private final boolean told;

    Kind(boolean guarded, boolean told) {
      this.guarded = guarded;
      this.told = told;
    }

    /** As events and the API say it. */
    String wireName() {
      return ContractsJson.kebabCase(this);
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

  /** What is set aside for an organization's open disputes. */
  public static LedgerAccount held(UUID organizationId) {
    return new LedgerAccount(Kind.HELD, organizationId);
  }

  /** Every account that an organization can have. */
  public static List<LedgerAccount> allOf(UUID organizationId) {
    return Arrays.stream(Kind.values())
        .filter(kind -> kind.guarded)
        .map(kind -> new LedgerAccount(kind, organizationId))
        .toList();
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
    return kind.wireName();
  }

  /** The account's name in the ledger. */
  public String name() {
    return organizationId == null ? kindName() : kindName() + ":" + organizationId;
  }
}
