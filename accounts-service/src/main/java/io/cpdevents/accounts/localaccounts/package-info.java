/** The three accounts with platform roles that exist in the local profile. */
package io.cpdevents.accounts.localaccounts;
