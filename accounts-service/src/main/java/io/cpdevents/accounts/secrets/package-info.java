/**
 * Tokens and passwords on their way through the service, never to be printed or stored as they are.
 */
@NullMarked
package io.cpdevents.accounts.secrets;

import org.jspecify.annotations.NullMarked;
