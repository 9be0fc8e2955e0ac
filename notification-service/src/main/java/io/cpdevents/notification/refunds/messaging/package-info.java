/** The events of refunds that cause mails. */
@NullMarked
package io.cpdevents.notification.refunds.messaging;

import org.jspecify.annotations.NullMarked;
