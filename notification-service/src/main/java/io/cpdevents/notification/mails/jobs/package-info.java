/** What sends mails and removes old ones. */
@NullMarked
package io.cpdevents.notification.mails.jobs;

import org.jspecify.annotations.NullMarked;
