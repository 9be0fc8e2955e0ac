/**
 * Who has come to an event: scans at doors, also of scanners that were offline, and what follows
 * from all of them.
 */
package io.cpdevents.registration.checkin;
