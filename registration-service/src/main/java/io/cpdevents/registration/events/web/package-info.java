/** The ways in over HTTP to events and ticket types. */
@NullMarked
package io.cpdevents.registration.events.web;

import org.jspecify.annotations.NullMarked;
