/** The append-only, hash-chained log of who did what. */
package io.cpdevents.accounts.auditlog;
