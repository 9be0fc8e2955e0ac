/** Mails about whether and how organizations are paid. */
package io.cpdevents.notification.payouts;
