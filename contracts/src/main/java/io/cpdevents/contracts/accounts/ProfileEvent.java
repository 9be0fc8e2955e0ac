package io.cpdevents.contracts.accounts;

import io.cpdevents.contracts.Event;
import io.cpdevents.contracts.Topic;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who a person is. Compacted: the latest record of an account is the whole truth. */
public sealed interface ProfileEvent extends Event {

  UUID accountId();

  @Override
  default Topic topic() {
    return Topic.ACCOUNTS_PROFILES;
  }

  @Override
  default String key() {
    return accountId().toString();
  }

  /**
   * The profile as it is now.
   *
   * @param version rises by one with each change of the account; older versions are ignored
   * @param locale BCP 47, for example {@code en-CA}
   * @param timeZone IANA, for example {@code America/Toronto}
   * @param emailVerified whether the person has followed the link in the verification mail
   */
  record ProfileChanged(
      UUID accountId,
      long version,
      String email,
      String name,
      @Nullable String locale,
      @Nullable String timeZone,
      boolean emailVerified)
      implements ProfileEvent {}
}
