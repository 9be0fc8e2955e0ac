/** Who waits for places that come back, and what is offered to whom. */
package io.cpdevents.registration.waitlist;
