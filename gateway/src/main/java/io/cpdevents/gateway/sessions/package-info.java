/** Exchanges session tokens for signed access tokens, which end at once when they are revoked. */
package io.cpdevents.gateway.sessions;
