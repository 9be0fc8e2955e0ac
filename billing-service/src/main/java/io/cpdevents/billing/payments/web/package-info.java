/** Payments over HTTP. */
@NullMarked
package io.cpdevents.billing.payments.web;

import org.jspecify.annotations.NullMarked;
