/** The API's face: authentication, parameters, idempotency, errors, routes. */
@NullMarked
package io.cpdevents.sandbox.front;

import org.jspecify.annotations.NullMarked;
