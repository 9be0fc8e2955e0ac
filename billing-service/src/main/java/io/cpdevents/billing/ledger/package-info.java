/** The double-entry ledger, per currency; its rows are only added. */
@NullMarked
package io.cpdevents.billing.ledger;

import org.jspecify.annotations.NullMarked;
