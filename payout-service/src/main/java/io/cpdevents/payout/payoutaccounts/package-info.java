/** The accounts at Stripe through which organizations are paid: onboarding and readiness. */
package io.cpdevents.payout.payoutaccounts;
