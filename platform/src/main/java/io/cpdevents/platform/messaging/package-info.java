/** Reliable publishing (outbox) and receiving (inbox), with parking for what cannot be handled. */
@NullMarked
package io.cpdevents.platform.messaging;

import org.jspecify.annotations.NullMarked;
