/** Mails about disputes, inquiries and warnings of fraud. */
@NullMarked
package io.cpdevents.notification.disputes;

import org.jspecify.annotations.NullMarked;
