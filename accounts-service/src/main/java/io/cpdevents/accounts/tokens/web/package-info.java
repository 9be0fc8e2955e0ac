/** The internal endpoints for tokens and keys. */
@NullMarked
package io.cpdevents.accounts.tokens.web;

import org.jspecify.annotations.NullMarked;
