package io.cpdevents.sandbox.api;

import org.jspecify.annotations.Nullable;

/**
 * An uploaded file.
 *
 * @param filename the name that the sender gave it; null for none
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares uploads.
public record Upload(@Nullable String filename, byte[] bytes) {}
