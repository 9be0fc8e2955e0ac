package io.cpdevents.notification.writing;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What was asked at once about the registrations of several mails. */
public final class RegistrationContents {

  /** Nothing was asked, or the answer did not come: each mail asks for itself. */
  static final RegistrationContents NOT_THERE = new RegistrationContents(null);

  private final @Nullable Map<UUID, RegistrationContent> known;

  private RegistrationContents(@Nullable Map<UUID, RegistrationContent> known) {
    this.known = known;
  }

  static RegistrationContents of(Map<UUID, RegistrationContent> known) {
    return new RegistrationContents(known);
  }

  /** Of one registration; empty when its owner knows none. */
  Optional<RegistrationContent> of(UUID registrationId, ContentSources sources) {
    Map<UUID, RegistrationContent> contents =
        known == null ? sources.registrations(Set.of(registrationId)) : known;
    return Optional.ofNullable(contents.get(registrationId));
  }
}
