/** People's session tokens become signed access tokens; revocations take effect at once. */
package io.cpdevents.gateway.sessions;
