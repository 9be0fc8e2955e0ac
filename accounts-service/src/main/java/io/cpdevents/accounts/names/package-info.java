/** What people and organizations may be called. */
@NullMarked
package io.cpdevents.accounts.names;

import org.jspecify.annotations.NullMarked;
