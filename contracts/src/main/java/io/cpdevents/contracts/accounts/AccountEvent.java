package io.cpdevents.contracts.accounts;

import io.cpdevents.contracts.Event;
import io.cpdevents.contracts.Topic;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What happens to an account, and the mails that it asks for. */
public sealed interface AccountEvent extends Event {

  UUID accountId();

  @Override
  default Topic topic() {
    return Topic.ACCOUNTS_ACCOUNTS;
  }

  @Override
  default String key() {
    return accountId().toString();
  }

  @Override
  default Map<String, String> correlation() {
    return Map.of("accountId", accountId().toString());
  }

  /**
   * Somebody signed up, or asked again for the verification mail. The link with its token is not
   * here: notification-service asks accounts-service for it when it sends.
   *
   * @param requestId identifies the mail and its token
   */
  record EmailVerificationRequested(
      UUID accountId, UUID requestId, Instant requestedAt, Instant expiresAt)
      implements AccountEvent {}

  /**
   * So many attempts to log in have failed, from places where the person was never logged in, that
   * further ones from such places are refused; told once.
   *
   * @param refusalId identifies this, and the mail about it
   * @param until when attempts are looked at again
   */
  record LogInsRefused(UUID accountId, UUID refusalId, Instant refusedAt, Instant until)
      implements AccountEvent {}

  /**
   * Somebody who knows the address has forgotten the password, or says so. The link with its token
   * is not here: notification-service asks accounts-service for it when it sends.
   *
   * @param requestId identifies the mail and its token
   */
  record PasswordResetRequested(
      UUID accountId, UUID requestId, Instant requestedAt, Instant expiresAt)
      implements AccountEvent {}

  /**
   * The account has another password, by the link of a mail or by the old one.
   *
   * @param changeId identifies this, and the mail about it
   */
  record PasswordChanged(UUID accountId, UUID changeId, Instant changedAt)
      implements AccountEvent {}

  /**
   * Somebody wants another address for their account. The address and the link are not here:
   * notification-service asks accounts-service for them when it sends.
   *
   * @param changeId identifies the mail to the new address, and its token
   */
  record EmailChangeRequested(UUID accountId, UUID changeId, Instant requestedAt, Instant expiresAt)
      implements AccountEvent {}

  /**
   * The account has another address.
   *
   * @param changeId identifies the mail to the old address, and its token
   * @param revertibleUntil when the link that takes the change back stops working
   */
  record EmailChanged(UUID accountId, UUID changeId, Instant changedAt, Instant revertibleUntil)
      implements AccountEvent {}

  /**
   * The person has logged in from a device that they have not used before, or somebody else has.
   *
   * @param loginId identifies the attempt, and the mail about it
   */
  record NewDeviceSeen(UUID accountId, UUID loginId, Instant seenAt) implements AccountEvent {}

  /**
   * Something happened to the second factors of the account, of which its owner has to know.
   *
   * @param changeId identifies this, and the mail about it
   */
  record SecondFactorChanged(
      UUID accountId, UUID changeId, SecondFactorChange change, Instant changedAt)
      implements AccountEvent {}

  /**
   * A log-in with a passkey was refused, because the device has counted fewer signatures than were
   * seen of this passkey before: there is a copy of it.
   *
   * @param refusalId identifies this, and the mail about it
   */
  record PasskeyCopyRefused(UUID accountId, UUID refusalId, Instant refusedAt)
      implements AccountEvent {}

  /**
   * The person has taken a change of their address back, and with it went the second factors that
   * somebody else may have added.
   *
   * @param changeId identifies this, and the mail about it
   */
  record AddedFactorsRemoved(UUID accountId, UUID changeId, Instant removedAt)
      implements AccountEvent {}

  /**
   * An operator has all second factors of a person removed who has lost them; it waits.
   *
   * @param removalId identifies it, and the mail about it
   * @param dueAt when it happens, unless the person uses one before
   * @param despiteUse whether it happens even so, because somebody else has added them; null: it
   *     does not
   */
  record FactorRemovalAnnounced(
      UUID accountId,
      UUID removalId,
      Instant announcedAt,
      Instant dueAt,
      @Nullable Boolean despiteUse)
      implements AccountEvent {}

  /**
   * All second factors of the person were removed, as it was announced.
   *
   * @param changeId identifies this, and the mail about it
   */
  record LostFactorsRemoved(UUID accountId, UUID changeId, Instant removedAt)
      implements AccountEvent {}

  /** The person followed the link: the address is theirs. */
  record AccountVerified(UUID accountId, Instant verifiedAt) implements AccountEvent {}

  /**
   * All that the platform has about the person is ready to be fetched.
   *
   * @param exportId identifies it, and the mail about it
   * @param availableUntil when it is removed
   */
  record DataExportReady(UUID accountId, UUID exportId, Instant readyAt, Instant availableUntil)
      implements AccountEvent {}
}
