/** The events of accounts that cause mails. */
@NullMarked
package io.cpdevents.notification.accounts.messaging;

import org.jspecify.annotations.NullMarked;
