/** What billing-service tells the others. */
@NullMarked
package io.cpdevents.contracts.billing;

import org.jspecify.annotations.NullMarked;
