package io.cpdevents.accounts.accounts;

import org.jspecify.annotations.Nullable;

/**
 * What a person can change about themselves.
 *
 * @param locale BCP 47, for example {@code en-CA}; null when not chosen
 * @param timeZone IANA, for example {@code America/Toronto}; null when not chosen
 */
public record ProfileDetails(String name, @Nullable String locale, @Nullable String timeZone) {}
