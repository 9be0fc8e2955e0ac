package io.cpdevents.notification.profiles;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A person as accounts-service told it last.
 *
 * @param version rises with each change
 * @param locale BCP 47; null when the person chose none
 * @param timeZone IANA; null when the person chose none
 */
public record Profile(
    UUID accountId,
    long version,
    String email,
    String name,
    @Nullable String locale,
    @Nullable String timeZone) {}
