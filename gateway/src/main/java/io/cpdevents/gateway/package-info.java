/** The API's one face: routes, sessions to tokens, limits, breakers. */
@NullMarked
package io.cpdevents.gateway;

import org.jspecify.annotations.NullMarked;
