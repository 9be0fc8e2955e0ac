/** The way to the mail server. */
@NullMarked
package io.cpdevents.notification.smtp;

import org.jspecify.annotations.NullMarked;
