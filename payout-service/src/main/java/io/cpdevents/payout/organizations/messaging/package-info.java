/** What accounts tells about organizations. */
@NullMarked
package io.cpdevents.payout.organizations.messaging;

import org.jspecify.annotations.NullMarked;
