/**
 * Which payments are disputed, followed from billing-service's events: tickets of a disputed
 * payment do not open the door.
 */
package io.cpdevents.registration.disputes;
