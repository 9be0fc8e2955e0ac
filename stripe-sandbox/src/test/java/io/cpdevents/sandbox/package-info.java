/** The stand-in, tried with Stripe's own client. */
@NullMarked
package io.cpdevents.sandbox;

import org.jspecify.annotations.NullMarked;
