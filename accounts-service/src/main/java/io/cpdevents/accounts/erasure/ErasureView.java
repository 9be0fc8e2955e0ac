package io.cpdevents.accounts.erasure;

import java.time.Instant;
import java.util.UUID;

/**
 * An erasure as the person sees it.
 *
 * @param dueAt until when it can be called off
 */
public record ErasureView(UUID id, ErasureStatus status, Instant requestedAt, Instant dueAt) {

  static ErasureView of(Erasure erasure) {
    return new ErasureView(erasure.id(), erasure.status(), erasure.requestedAt(), erasure.dueAt());
  }
}
