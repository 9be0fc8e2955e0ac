/** Signed deliveries of events, with retries and faults. */
@NullMarked
package io.cpdevents.sandbox.webhooks;

import org.jspecify.annotations.NullMarked;
