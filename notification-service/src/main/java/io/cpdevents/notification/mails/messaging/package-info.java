/** The events that ask for a mail. */
@NullMarked
package io.cpdevents.notification.mails.messaging;

import org.jspecify.annotations.NullMarked;
