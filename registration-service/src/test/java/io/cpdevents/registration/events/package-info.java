/** Tests of the events feature. */
@NullMarked
package io.cpdevents.registration.events;

import org.jspecify.annotations.NullMarked;
