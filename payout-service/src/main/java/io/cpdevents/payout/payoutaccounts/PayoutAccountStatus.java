package io.cpdevents.payout.payoutaccounts;

import io.cpdevents.contracts.payout.PayoutAccountEvent.PayoutAccountReady;
import io.cpdevents.contracts.payout.PayoutAccountEvent.PayoutAccountRestricted;
import io.cpdevents.platform.state.Transitions;

/** Where an organization's payout account stands, and every way from there. */
public enum PayoutAccountStatus {
  /** Saved, and perhaps sent: Stripe's answer is not known. */
  REQUESTED,
  /** Somebody of the organization has to complete the form on Stripe's page. */
  ONBOARDING,
  /** Stripe wants to know more, or verifies it: nothing is paid out. */
  RESTRICTED,
  /** Money can be paid out. */
  READY,
  /** Its owner has ended the connection; another may be made. */
  DISCONNECTED;

  private static final String PERHAPS_OTHERS = "what Stripe requires may have changed";
  private static final String ENDED = "late: it is not ours any more";

  /** The table of state changes; late and crossing messages are rows of it. */
  public static final Transitions<PayoutAccountStatus, PayoutAccountTrigger> TRANSITIONS =
      Transitions.named("payout-account", PayoutAccountStatus.class, PayoutAccountTrigger.class)
          .row(
              REQUESTED,
              PayoutAccountTrigger.FOUND_INCOMPLETE,
              ONBOARDING,
              "Stripe has made the account")
          .row(
              REQUESTED,
              PayoutAccountTrigger.FOUND_RESTRICTED,
              RESTRICTED,
              "the form was completed before Stripe's answer was saved")
          .row(
              REQUESTED,
              PayoutAccountTrigger.FOUND_READY,
              READY,
              "the form was completed before Stripe's answer was saved",
              PayoutAccountReady.class)
          .refused(
              REQUESTED, PayoutAccountTrigger.DISCONNECTED, "there is no account to disconnect")
          .row(ONBOARDING, PayoutAccountTrigger.FOUND_INCOMPLETE, ONBOARDING, PERHAPS_OTHERS)
          .row(
              ONBOARDING,
              PayoutAccountTrigger.FOUND_RESTRICTED,
              RESTRICTED,
              "the form is completed, and Stripe verifies it or wants more")
          .row(
              ONBOARDING,
              PayoutAccountTrigger.FOUND_READY,
              READY,
              "everything is there",
              PayoutAccountReady.class)
          .row(
              ONBOARDING,
              PayoutAccountTrigger.DISCONNECTED,
              DISCONNECTED,
              "the owner has ended the connection")
          .row(
              RESTRICTED,
              PayoutAccountTrigger.FOUND_INCOMPLETE,
              ONBOARDING,
              "Stripe wants the whole form again")
          .row(RESTRICTED, PayoutAccountTrigger.FOUND_RESTRICTED, RESTRICTED, PERHAPS_OTHERS)
          .row(
              RESTRICTED,
              PayoutAccountTrigger.FOUND_READY,
              READY,
              "everything is there",
              PayoutAccountReady.class)
          .row(
              RESTRICTED,
              PayoutAccountTrigger.DISCONNECTED,
              DISCONNECTED,
              "the owner has ended the connection")
          .row(
              READY,
              PayoutAccountTrigger.FOUND_INCOMPLETE,
              RESTRICTED,
              "Stripe wants the whole form again",
              PayoutAccountRestricted.class)
          .row(
              READY,
              PayoutAccountTrigger.FOUND_RESTRICTED,
              RESTRICTED,
              "Stripe wants more, or does not allow payouts",
              PayoutAccountRestricted.class)
          .row(READY, PayoutAccountTrigger.FOUND_READY, READY, PERHAPS_OTHERS)
          .row(
              READY,
              PayoutAccountTrigger.DISCONNECTED,
              DISCONNECTED,
              "the owner has ended the connection",
              PayoutAccountRestricted.class)
          .ignored(DISCONNECTED, PayoutAccountTrigger.FOUND_INCOMPLETE, ENDED)
          .ignored(DISCONNECTED, PayoutAccountTrigger.FOUND_RESTRICTED, ENDED)
          .ignored(DISCONNECTED, PayoutAccountTrigger.FOUND_READY, ENDED)
          .ignored(DISCONNECTED, PayoutAccountTrigger.DISCONNECTED, "told twice")
          .build();

  /** Whether somebody has completed the form on Stripe's page, and it is still ours. */
  boolean hasBeenOnboarded() {
    return switch (this) {
      case RESTRICTED, READY -> true;
      case REQUESTED, ONBOARDING, DISCONNECTED -> false;
    };
  }
}
