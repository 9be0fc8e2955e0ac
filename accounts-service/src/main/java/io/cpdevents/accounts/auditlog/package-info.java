/** The append-only, hash-chained log of who did what in all services. */
package io.cpdevents.accounts.auditlog;
