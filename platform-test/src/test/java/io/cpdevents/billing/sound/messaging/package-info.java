/** Listens. */
@NullMarked
package io.cpdevents.billing.sound.messaging;

import org.jspecify.annotations.NullMarked;
