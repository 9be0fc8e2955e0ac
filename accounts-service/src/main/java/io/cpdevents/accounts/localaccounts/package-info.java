/** The accounts with platform roles that exist in the profile {@code local} only. */
package io.cpdevents.accounts.localaccounts;
