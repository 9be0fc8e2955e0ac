package io.cpdevents.accounts.zoommeetings;

import java.util.UUID;

/**
 * For whom an organization is connected with Zoom now.
 *
 * @param userId who has allowed it, as Zoom calls them
 * @param accountId the member who they are here
 */
record Host(UUID connectionId, UUID organizationId, String userId, UUID accountId) {}
