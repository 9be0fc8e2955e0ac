/** Payouts: from what an organization has earned to its bank. */
package io.cpdevents.payout.payouts;
