/** How values stand in this service's columns. */
@NullMarked
package io.cpdevents.registration.sql;

import org.jspecify.annotations.NullMarked;
