/** Checkouts over HTTP. */
@NullMarked
package io.cpdevents.billing.checkouts.web;

import org.jspecify.annotations.NullMarked;
