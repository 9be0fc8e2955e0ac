/** Balance transactions and the balance that is their sum. */
@NullMarked
package io.cpdevents.sandbox.balance;

import org.jspecify.annotations.NullMarked;
