/** What applies to every request: authentication, parameters, idempotency, errors, routing. */
package io.cpdevents.sandbox.api;
