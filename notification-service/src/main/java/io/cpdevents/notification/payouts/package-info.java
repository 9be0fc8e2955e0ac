/**
 * What an organization is told about its payouts: that one was paid or has failed, and what Stripe
 * wants to know before the next.
 */
package io.cpdevents.notification.payouts;
