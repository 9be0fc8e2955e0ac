package io.cpdevents.accounts.exports;

import java.net.URI;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An export as the person sees it.
 *
 * @param availableUntil when it is removed; null before it is ready
 * @param url where the archive is, for the person's own session; null unless it is ready
 */
public record DataExportView(
    UUID id,
    DataExportStatus status,
    Instant requestedAt,
    @Nullable Instant availableUntil,
    @Nullable URI url) {}
