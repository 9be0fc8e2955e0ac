/** An SMTP server that keeps every mail, and a page that shows them. */
package io.cpdevents.local.mailbox;
