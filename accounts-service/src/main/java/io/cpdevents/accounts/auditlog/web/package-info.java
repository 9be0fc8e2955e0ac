/** The HTTP endpoints of the audit log. */
@NullMarked
package io.cpdevents.accounts.auditlog.web;

import org.jspecify.annotations.NullMarked;
