/** Tests of the registrations feature. */
@NullMarked
package io.cpdevents.registration.registrations;

import org.jspecify.annotations.NullMarked;
