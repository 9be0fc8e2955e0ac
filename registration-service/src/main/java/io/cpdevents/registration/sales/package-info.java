/** How an event sells, day by day. */
package io.cpdevents.registration.sales;
