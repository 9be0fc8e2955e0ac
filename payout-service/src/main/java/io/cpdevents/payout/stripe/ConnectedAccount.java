package io.cpdevents.payout.stripe;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An organization's account at Stripe, as Stripe tells it.
 *
 * @param detailsSubmitted whether the onboarding was completed once
 * @param canReceive whether we may transfer money to it
 * @param canPayOut whether it may pay money out to its bank
 * @param disabledReason Stripe's word for why something is disabled; null when nothing is
 * @param requirements what Stripe wants to know
 * @param currencies those of its bank accounts, ISO 4217
 */
public record ConnectedAccount(
    String id,
    boolean detailsSubmitted,
    boolean canReceive,
    boolean canPayOut,
    @Nullable String disabledReason,
    List<Requirement> requirements,
    List<String> currencies) {

  /** Copies the lists. */
  public ConnectedAccount {
    requirements = List.copyOf(requirements);
    currencies = List.copyOf(currencies);
  }

  /**
   * Something that Stripe wants to know.
   *
   * @param field Stripe's name of it, for example {@code company.tax_id}
   * @param dueBy when the account is disabled without it; null when it is already, or when Stripe
   *     verifies what was entered
   * @param problem what is wrong with what was entered, in Stripe's words; null when nothing was
   */
  public record Requirement(
      String field, State state, @Nullable Instant dueBy, @Nullable String problem) {

    /** Whether the organization has to enter it. */
    public boolean mustBeEntered() {
      return switch (state) {
        case DUE, PAST_DUE -> true;
        case PENDING_VERIFICATION -> false;
      };
    }

    /** How urgent it is. */
    public enum State {
      /** The organization has to enter it. */
      DUE,
      /** It is missing, and that disables the account. */
      PAST_DUE,
      /** It was entered, and Stripe verifies it. */
      PENDING_VERIFICATION
    }
  }
}
