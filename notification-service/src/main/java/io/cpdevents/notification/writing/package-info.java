/** What mails say: the kinds of mails, what they ask of other services, and their templates. */
package io.cpdevents.notification.writing;
