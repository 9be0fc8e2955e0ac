/** The three accounts with platform roles that exist in the local profile. */
@NullMarked
package io.cpdevents.accounts.localaccounts;

import org.jspecify.annotations.NullMarked;
