/** The mails that follow from events about payments. */
@NullMarked
package io.cpdevents.notification.payments;

import org.jspecify.annotations.NullMarked;
