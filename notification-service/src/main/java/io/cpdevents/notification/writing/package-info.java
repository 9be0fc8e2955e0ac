/** What a mail says: fetched from its owner when it is sent, and rendered as text and HTML. */
@NullMarked
package io.cpdevents.notification.writing;

import org.jspecify.annotations.NullMarked;
