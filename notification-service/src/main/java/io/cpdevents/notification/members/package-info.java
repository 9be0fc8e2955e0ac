/** The mails about belonging to an organization. */
package io.cpdevents.notification.members;
