/**
 * Who proves who they are, by what, and how that went. A new way to prove it (a one-time code, a
 * passkey, a recovery code) is a constant of {@code LoginMethod} and a {@code Trial} that it hands
 * to {@code MakeAttempt}.
 */
package io.cpdevents.accounts.logins;
