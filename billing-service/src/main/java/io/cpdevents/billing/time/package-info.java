/**
 * Two kinds of time: the business clock, and the system time that leases and signatures live on.
 */
@NullMarked
package io.cpdevents.billing.time;

import org.jspecify.annotations.NullMarked;
