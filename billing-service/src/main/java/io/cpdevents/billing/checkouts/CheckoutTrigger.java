package io.cpdevents.billing.checkouts;

/** What can happen to a checkout. */
public enum CheckoutTrigger {
  /** Stripe has made the page. */
  PAGE_OPENED,
  /** Stripe has refused to make the page. */
  PAGE_REFUSED,
  /** The buyer has finished the page. */
  PAGE_COMPLETED,
  /** The page was closed without money. */
  PAGE_EXPIRED
}
