/** Mails about refunds. */
@NullMarked
package io.cpdevents.notification.refunds;

import org.jspecify.annotations.NullMarked;
