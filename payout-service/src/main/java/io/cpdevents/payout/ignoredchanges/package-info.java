/** Changes at Stripe of accounts and payouts from which nothing follows, each with the reason. */
package io.cpdevents.payout.ignoredchanges;
