package io.cpdevents.platform.idempotency;

import java.util.UUID;

/**
 * What one request means to do. With an {@code Idempotency-Key} the id is the same for every
 * repetition, also after a crash in the middle: use it as the id of what the request creates, and
 * insert with {@code ON CONFLICT (id) DO NOTHING}. Without a key each request has its own.
 */
public record Intent(UUID id) {}
