/** The short-lived signed tokens that services trust, and the key that signs them. */
package io.cpdevents.accounts.tokens;
