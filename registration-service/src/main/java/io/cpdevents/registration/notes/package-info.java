/** What organizations remember about registrations. */
package io.cpdevents.registration.notes;
