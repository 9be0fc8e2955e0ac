/** What registrations hear from other services. */
@NullMarked
package io.cpdevents.registration.registrations.messaging;

import org.jspecify.annotations.NullMarked;
