/** Mails to those who wait for places of an event. */
package io.cpdevents.notification.waitlist;
