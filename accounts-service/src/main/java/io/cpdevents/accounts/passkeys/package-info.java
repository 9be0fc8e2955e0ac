/** Passkeys (WebAuthn): logging in by what a device signs, in place of a password. */
package io.cpdevents.accounts.passkeys;
