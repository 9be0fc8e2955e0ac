/** A person is forgotten, as a buyer and as an attendee. */
package io.cpdevents.registration.erasure;
