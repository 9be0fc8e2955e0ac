/** Who calls, and what each endpoint asks of the caller. */
package io.cpdevents.platform.security;
