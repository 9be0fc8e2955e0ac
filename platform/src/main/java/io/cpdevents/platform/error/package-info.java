/** Refusals with stable codes, told as problem+json. */
package io.cpdevents.platform.error;
