package io.cpdevents.payout.payoutaccounts;

import io.cpdevents.payout.stripe.ConnectedAccount.Requirement;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An organization's payout account as it is shown.
 *
 * @param requirements what Stripe wants to know, and until when
 * @param disabledReason Stripe's word for why nothing is paid out; null when it gives none
 * @param country null while there is no account
 * @param currencies in which the organization can be paid
 */
public record PayoutAccountView(
    Status status,
    List<Requirement> requirements,
    @Nullable String disabledReason,
    @Schema(pattern = PayoutCountry.FORM) @Nullable String country,
    List<Currency> currencies) {

  /** What the organization has to do next. */
  public enum Status {
    /** To start the onboarding. */
    NONE,
    /** To complete it. */
    ONBOARDING,
    /** To enter what is required, or to wait for Stripe. */
    RESTRICTED,
    /** Nothing. */
    READY
  }

  private static final PayoutAccountView OF_NOBODY =
      new PayoutAccountView(Status.NONE, List.of(), null, null, List.of());

  static PayoutAccountView ofNobody() {
    return OF_NOBODY;
  }

  static PayoutAccountView of(PayoutAccount account) {
    return new PayoutAccountView(
        switch (account.status()) {
          case REQUESTED, DISCONNECTED -> Status.NONE;
          case ONBOARDING -> Status.ONBOARDING;
          case RESTRICTED -> Status.RESTRICTED;
          case READY -> Status.READY;
        },
        account.standing().requirements(),
        account.standing().disabledReason(),
        account.country(),
        account.standing().currencies().stream().map(Currency::getInstance).toList());
  }
}
