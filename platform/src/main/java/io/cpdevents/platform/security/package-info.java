/** Authentication of callers, and the access rules of endpoints. */
package io.cpdevents.platform.security;
