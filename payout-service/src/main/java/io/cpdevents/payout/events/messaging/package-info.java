/** What registration tells about events. */
@NullMarked
package io.cpdevents.payout.events.messaging;

import org.jspecify.annotations.NullMarked;
