/** Mails about organizations' plans. */
package io.cpdevents.notification.subscriptions;
