/** How times and amounts are written to and read from PostgreSQL. */
@NullMarked
package io.cpdevents.billing.database;

import org.jspecify.annotations.NullMarked;
