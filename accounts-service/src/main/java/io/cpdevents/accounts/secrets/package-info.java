/**
 * Tokens and passwords on their way through the service, never to be printed or stored as they are.
 */
package io.cpdevents.accounts.secrets;
