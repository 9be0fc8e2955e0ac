/** What happened, as Stripe tells it. */
@NullMarked
package io.cpdevents.sandbox.events;

import org.jspecify.annotations.NullMarked;
