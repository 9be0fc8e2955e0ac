package io.cpdevents.notification.profiles;

import java.util.UUID;

/** Published inside the transaction that keeps a person's profile. */
public record ProfileKept(UUID accountId) {}
