/** What profiles mean for customers. */
@NullMarked
package io.cpdevents.billing.customers.messaging;

import org.jspecify.annotations.NullMarked;
