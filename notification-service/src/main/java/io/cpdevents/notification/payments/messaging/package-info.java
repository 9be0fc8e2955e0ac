/** Listens to billing-service's events about payments, their refunds and disputes. */
@NullMarked
package io.cpdevents.notification.payments.messaging;

import org.jspecify.annotations.NullMarked;
