/**
 * Tokens and passwords on their way through the service. They are never printed, and only their
 * digests are stored.
 */
package io.cpdevents.accounts.secrets;
