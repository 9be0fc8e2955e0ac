/** Sign-up, verification and profiles. */
@NullMarked
package io.cpdevents.accounts.accounts;

import org.jspecify.annotations.NullMarked;
