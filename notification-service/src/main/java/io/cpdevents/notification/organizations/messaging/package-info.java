/** Listens to accounts-service's events about organizations. */
@NullMarked
package io.cpdevents.notification.organizations.messaging;

import org.jspecify.annotations.NullMarked;
