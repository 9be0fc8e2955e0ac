/** Whom a ticket is for, and how it gets to somebody else. */
package io.cpdevents.registration.tickets;
