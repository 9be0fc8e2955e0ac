/**
 * The plan of each organization: its trial, what Stripe says about its subscription, and what that
 * entitles to.
 */
package io.cpdevents.billing.subscriptions;
