/** An SMTP server that keeps every mail, and a page that shows them. */
@NullMarked
package io.cpdevents.local.mailbox;

import org.jspecify.annotations.NullMarked;
