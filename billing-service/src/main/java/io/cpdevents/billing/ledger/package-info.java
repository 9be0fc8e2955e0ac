/** The double-entry ledger, per currency; its rows are only added. */
package io.cpdevents.billing.ledger;
