/** What platform finance sees of the ledger. */
@NullMarked
package io.cpdevents.billing.finance;

import org.jspecify.annotations.NullMarked;
