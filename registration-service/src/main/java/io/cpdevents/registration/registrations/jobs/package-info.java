/** What happens to registrations as time passes. */
@NullMarked
package io.cpdevents.registration.registrations.jobs;

import org.jspecify.annotations.NullMarked;
