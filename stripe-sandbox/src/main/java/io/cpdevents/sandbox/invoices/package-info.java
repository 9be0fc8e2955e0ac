/** Invoices of subscriptions: drafted, finalized an hour later, charged, and tried again. */
package io.cpdevents.sandbox.invoices;
