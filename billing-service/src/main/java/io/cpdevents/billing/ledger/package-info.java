/** Double entry, per currency, only added to. */
@NullMarked
package io.cpdevents.billing.ledger;

import org.jspecify.annotations.NullMarked;
