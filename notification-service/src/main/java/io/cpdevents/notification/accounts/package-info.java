/** Mails about accounts. */
@NullMarked
package io.cpdevents.notification.accounts;

import org.jspecify.annotations.NullMarked;
