/** Reliable publishing (outbox) and receiving (inbox), with parking for what cannot be handled. */
package io.cpdevents.platform.messaging;
