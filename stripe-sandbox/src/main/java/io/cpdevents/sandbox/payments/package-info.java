/** Payment intents, charges and the cards that pay them. */
@NullMarked
package io.cpdevents.sandbox.payments;

import org.jspecify.annotations.NullMarked;
