/** What the audit log listens to. */
@NullMarked
package io.cpdevents.accounts.auditlog.messaging;

import org.jspecify.annotations.NullMarked;
