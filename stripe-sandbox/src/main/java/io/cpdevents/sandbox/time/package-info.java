/** The sandbox's clock and what Stripe does later by itself. */
@NullMarked
package io.cpdevents.sandbox.time;

import org.jspecify.annotations.NullMarked;
