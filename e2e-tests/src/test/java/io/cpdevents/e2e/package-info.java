/**
 * Journeys through the gateway, named as business people would name them, against the whole
 * platform. The language is platform-driver's; its invariants are checked after each journey.
 */
@NullMarked
package io.cpdevents.e2e;

import org.jspecify.annotations.NullMarked;
