/** Subscriptions of one price: a trial first, then months that are invoiced. */
package io.cpdevents.sandbox.subscriptions;
