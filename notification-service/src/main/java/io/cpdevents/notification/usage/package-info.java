/** Mails about what organizations use of their plans. */
package io.cpdevents.notification.usage;
