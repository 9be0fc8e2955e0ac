/** Events, ticket types, registrations and the places they hold. */
@NullMarked
package io.cpdevents.registration;

import org.jspecify.annotations.NullMarked;
