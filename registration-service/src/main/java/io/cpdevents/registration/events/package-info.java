/** What organizations offer: events and their ticket types. */
@NullMarked
package io.cpdevents.registration.events;

import org.jspecify.annotations.NullMarked;
