package io.cpdevents.registration.usage;

import org.jspecify.annotations.Nullable;

/**
 * What a plan allows within a period; null for no limit.
 *
 * @param publications events that are published
 * @param registrations confirmed registrations, beyond which nothing more is published
 */
public record Limits(@Nullable Integer publications, @Nullable Integer registrations) {

  /** Of an organization of whose plan nothing has been told yet: nobody is stopped by mistake. */
  static final Limits UNKNOWN = new Limits(null, null);
}
