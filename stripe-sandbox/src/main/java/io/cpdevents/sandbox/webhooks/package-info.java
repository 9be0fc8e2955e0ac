/** Signed deliveries of events, with retries and faults. */
package io.cpdevents.sandbox.webhooks;
