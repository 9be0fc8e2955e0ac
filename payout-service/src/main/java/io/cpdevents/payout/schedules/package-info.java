/** Schedules: when organizations are paid by themselves, and when money is released. */
package io.cpdevents.payout.schedules;
