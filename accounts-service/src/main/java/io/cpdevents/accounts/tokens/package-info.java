/** The short-lived signed tokens that services trust, and the key that signs them. */
@NullMarked
package io.cpdevents.accounts.tokens;

import org.jspecify.annotations.NullMarked;
