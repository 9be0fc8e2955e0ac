/** Tests of the mailbox, over SMTP and HTTP. */
@NullMarked
package io.cpdevents.local.mailbox;

import org.jspecify.annotations.NullMarked;
