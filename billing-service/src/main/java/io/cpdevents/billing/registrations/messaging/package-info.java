/** What registrations mean for payments and refunds. */
@NullMarked
package io.cpdevents.billing.registrations.messaging;

import org.jspecify.annotations.NullMarked;
