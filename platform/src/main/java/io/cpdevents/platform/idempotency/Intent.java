package io.cpdevents.platform.idempotency;

import java.util.UUID;

/**
 * The identity of what a request intends to do. With an {@code Idempotency-Key} it is the same for
 * every repetition, even after a crash: use it as the id of what the request creates, and insert
 * with {@code ON CONFLICT (id) DO NOTHING}. Without a key, each request has an intent of its own.
 */
public record Intent(UUID id) {}
