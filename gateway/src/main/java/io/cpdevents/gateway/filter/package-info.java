/** What applies to every request: validation, CORS, rate limits, trace ids, security headers. */
package io.cpdevents.gateway.filter;
