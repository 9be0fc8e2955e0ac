package io.cpdevents.notification.profiles;

import java.util.UUID;

/** Said inside the transaction that keeps a person's profile. */
public record ProfileKept(UUID accountId) {}
