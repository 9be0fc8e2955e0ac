/** What accounts tells about people. */
@NullMarked
package io.cpdevents.notification.profiles.messaging;

import org.jspecify.annotations.NullMarked;
