/** Refusals with stable codes, answered as problem+json. */
package io.cpdevents.platform.error;
