/** What accounts-service tells about organizations. */
@NullMarked
package io.cpdevents.notification.organizations.messaging;

import org.jspecify.annotations.NullMarked;
