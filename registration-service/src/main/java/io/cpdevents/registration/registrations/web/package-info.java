/** The ways in over HTTP to registrations. */
@NullMarked
package io.cpdevents.registration.registrations.web;

import org.jspecify.annotations.NullMarked;
