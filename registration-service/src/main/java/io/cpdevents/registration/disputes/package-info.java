/** Disputes of payments, as far as tickets are concerned. */
@NullMarked
package io.cpdevents.registration.disputes;

import org.jspecify.annotations.NullMarked;
