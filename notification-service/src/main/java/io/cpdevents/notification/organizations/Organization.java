package io.cpdevents.notification.organizations;

import java.util.UUID;

/**
 * An organization as accounts-service told it last.
 *
 * @param version rises with each change
 */
public record Organization(UUID id, long version, String name, UUID ownerAccountId) {}
