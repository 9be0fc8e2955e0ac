/** How passwords are chosen and hashed. */
@NullMarked
package io.cpdevents.accounts.passwords;

import org.jspecify.annotations.NullMarked;
