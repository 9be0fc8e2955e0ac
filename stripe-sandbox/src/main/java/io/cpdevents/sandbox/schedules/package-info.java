/** Schedules of subscriptions: phases that follow each other, each with a price. */
package io.cpdevents.sandbox.schedules;
