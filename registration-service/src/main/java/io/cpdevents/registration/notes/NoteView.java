package io.cpdevents.registration.notes;

import java.time.Instant;
import java.util.UUID;

/**
 * What an organization remembers about a registration.
 *
 * @param madeBy the account or API key that has written it
 */
public record NoteView(UUID id, String text, UUID madeBy, Instant madeAt) {}
