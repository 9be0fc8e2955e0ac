/** The gateway in front of services that a test plays. */
@NullMarked
package io.cpdevents.gateway;

import org.jspecify.annotations.NullMarked;
