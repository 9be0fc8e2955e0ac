/** The API's face: authentication, parameters, idempotency, errors, routes. */
package io.cpdevents.sandbox.front;
