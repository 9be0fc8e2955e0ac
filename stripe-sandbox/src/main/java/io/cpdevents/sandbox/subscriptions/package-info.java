/** Subscriptions, as far as a trial goes: what is charged, and how, is not there yet. */
package io.cpdevents.sandbox.subscriptions;
