/**
 * Exchanges session tokens for signed access tokens, and stops using a token as soon as its session
 * is revoked.
 */
package io.cpdevents.gateway.sessions;
