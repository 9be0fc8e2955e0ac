/** Customers. */
@NullMarked
package io.cpdevents.sandbox.customers;

import org.jspecify.annotations.NullMarked;
