/**
 * Second factors: what a person has beside the password. Proving one goes through {@code logins},
 * as every proof does.
 */
package io.cpdevents.accounts.factors;
