package io.cpdevents.accounts.apikeys;

import java.util.UUID;

/**
 * An API key that counts.
 *
 * @param role kebab-case
 * @param madeBy the person for whom it acts
 */
public record LiveApiKey(UUID id, UUID organizationId, String role, UUID madeBy) {}
