package io.cpdevents.billing.checkouts;

import io.cpdevents.platform.state.Transitions;

/** Where one attempt to take the money on Stripe's page stands, and every way from there. */
public enum CheckoutStatus {
  /** Saved, and perhaps sent: Stripe's answer is not known. */
  REQUESTED,
  /** The page is there. */
  OPEN,
  /** The buyer has finished it. */
  COMPLETE,
  /** It was closed without money. */
  EXPIRED,
  /** Stripe has refused to make it, or has failed. */
  FAILED;

  private static final String ENDED = "late: it has ended";

  /** The table of state changes; late and crossing messages are rows of it. */
  public static final Transitions<CheckoutStatus, CheckoutTrigger> TRANSITIONS =
      Transitions.named("checkout", CheckoutStatus.class, CheckoutTrigger.class)
          .row(REQUESTED, CheckoutTrigger.PAGE_OPENED, OPEN, "the buyer is sent there")
          .row(REQUESTED, CheckoutTrigger.PAGE_REFUSED, FAILED, "the next attempt may be made")
          .row(
              REQUESTED,
              CheckoutTrigger.PAGE_COMPLETED,
              COMPLETE,
              "its payment was told before Stripe's answer was saved")
          .row(
              REQUESTED,
              CheckoutTrigger.PAGE_EXPIRED,
              EXPIRED,
              "nobody was told its address, so nobody can pay there")
          .ignored(OPEN, CheckoutTrigger.PAGE_OPENED, "the request was repeated")
          .ignored(
              OPEN, CheckoutTrigger.PAGE_REFUSED, "the request was repeated, and the page is there")
          .row(OPEN, CheckoutTrigger.PAGE_COMPLETED, COMPLETE, "the buyer has finished")
          .row(OPEN, CheckoutTrigger.PAGE_EXPIRED, EXPIRED, "it was closed, or its time is over")
          .ignored(COMPLETE, CheckoutTrigger.PAGE_OPENED, "the buyer was faster")
          .ignored(COMPLETE, CheckoutTrigger.PAGE_REFUSED, ENDED)
          .ignored(COMPLETE, CheckoutTrigger.PAGE_COMPLETED, "told twice")
          .ignored(COMPLETE, CheckoutTrigger.PAGE_EXPIRED, ENDED)
          .ignored(EXPIRED, CheckoutTrigger.PAGE_OPENED, "it was given up before the answer came")
          .ignored(EXPIRED, CheckoutTrigger.PAGE_REFUSED, ENDED)
          .ignored(EXPIRED, CheckoutTrigger.PAGE_COMPLETED, ENDED)
          .ignored(EXPIRED, CheckoutTrigger.PAGE_EXPIRED, "told twice")
          .ignored(FAILED, CheckoutTrigger.PAGE_OPENED, ENDED)
          .ignored(FAILED, CheckoutTrigger.PAGE_REFUSED, "told twice")
          .ignored(FAILED, CheckoutTrigger.PAGE_COMPLETED, ENDED)
          .ignored(FAILED, CheckoutTrigger.PAGE_EXPIRED, ENDED)
          .build();

  /** Whether somebody can pay on the page, or may turn out to be able to. */
  boolean isLive() {
    return switch (this) {
      case REQUESTED, OPEN -> true;
      case COMPLETE, EXPIRED, FAILED -> false;
    };
  }
}
