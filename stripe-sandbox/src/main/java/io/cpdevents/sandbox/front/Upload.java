package io.cpdevents.sandbox.front;

import org.jspecify.annotations.Nullable;

/**
 * A file that came with a request.
 *
 * @param filename as its sender calls it; null when they do not say
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares uploads.
public record Upload(@Nullable String filename, byte[] bytes) {}
