/** The port to Stripe and its one adapter; no other package knows Stripe's library. */
package io.cpdevents.payout.stripe;
