/** What mails say: kinds of mails, what they ask of others, and how they are written. */
@NullMarked
package io.cpdevents.notification.writing;

import org.jspecify.annotations.NullMarked;
