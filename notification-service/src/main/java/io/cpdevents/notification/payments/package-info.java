/** What happens to payments, and which mails follow. */
@NullMarked
package io.cpdevents.notification.payments;

import org.jspecify.annotations.NullMarked;
