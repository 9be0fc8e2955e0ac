/**
 * Faults while a crowd registers and pays: processes are killed, suspended or away, and afterwards
 * everything that anybody was told must be true. The platform here is one of its own.
 */
@NullMarked
package io.cpdevents.e2e.chaos;

import org.jspecify.annotations.NullMarked;
