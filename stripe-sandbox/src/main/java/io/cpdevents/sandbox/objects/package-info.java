/** What Stripe has an id for: how it is kept, shown, listed and expanded. */
@NullMarked
package io.cpdevents.sandbox.objects;

import org.jspecify.annotations.NullMarked;
