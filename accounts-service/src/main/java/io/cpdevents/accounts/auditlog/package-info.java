/** The append-only, hash-chained log of who did what. */
@NullMarked
package io.cpdevents.accounts.auditlog;

import org.jspecify.annotations.NullMarked;
