/** What every service tells the audit log. */
@NullMarked
package io.cpdevents.contracts.audit;

import org.jspecify.annotations.NullMarked;
