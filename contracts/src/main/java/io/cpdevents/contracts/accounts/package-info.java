/** What accounts-service tells the others. */
@NullMarked
package io.cpdevents.contracts.accounts;

import org.jspecify.annotations.NullMarked;
