/** The ledger as platform finance sees it, and whether it holds together. */
package io.cpdevents.billing.finance;
