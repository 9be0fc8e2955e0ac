/** Mails about registrations. */
@NullMarked
package io.cpdevents.notification.registrations;

import org.jspecify.annotations.NullMarked;
