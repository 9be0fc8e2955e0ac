/** The events of registrations that cause mails. */
@NullMarked
package io.cpdevents.notification.registrations.messaging;

import org.jspecify.annotations.NullMarked;
