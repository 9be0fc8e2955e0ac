/** People's session tokens become signed access tokens; revocations take effect at once. */
@NullMarked
package io.cpdevents.gateway.sessions;

import org.jspecify.annotations.NullMarked;
