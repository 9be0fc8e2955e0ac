/** Mails: one for each cause, from the event that asks for it to the mail server that takes it. */
@NullMarked
package io.cpdevents.notification.mails;

import org.jspecify.annotations.NullMarked;
