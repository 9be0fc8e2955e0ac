/**
 * Journeys through the gateway, named as business people would name them, against the whole
 * platform. The actors ({@link Person}, {@link Organization}, {@link PublishedEvent}, {@link
 * Registration}, {@link Payment}) are the language; {@link Invariants} are checked after each
 * journey.
 */
@NullMarked
package io.cpdevents.e2e;

import org.jspecify.annotations.NullMarked;
