package io.cpdevents.accounts.accounts;

import io.cpdevents.contracts.accounts.ProfileEvent.ProfileChanged;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A person. Until the e-mail address is verified, anybody may have signed up with it, so its name
 * and password are only a proposal; following the link in a mail makes one proposal true.
 *
 * @param emailVerifiedAt null until somebody has followed the link
 * @param version rises by one with each change
 */
record Account(
    UUID id,
    EmailAddress email,
    String name,
    Preferences preferences,
    String passwordHash,
    @Nullable Instant emailVerifiedAt,
    long version,
    Instant createdAt,
    Instant changedAt) {

  static Account signedUp(UUID id, EmailAddress email, Proposal proposal, Instant now) {
    return new Account(
        id,
        email,
        proposal.name(),
        proposal.preferences(),
        proposal.passwordHash(),
        null,
        1,
        now,
        now);
  }

  boolean isVerified() {
    return emailVerifiedAt != null;
  }

  /** What a verification mail that is asked for now would make true. */
  Proposal proposal() {
    return new Proposal(name, preferences, passwordHash);
  }

  /** Somebody signs up once more before the address is verified. */
  Account signedUpAgain(Proposal proposal, Instant now) {
    requireUnverified();
    return with(proposal, null, now);
  }

  /** The link was followed: the proposal of the sign-up that it belongs to becomes true. */
  Account verified(Proposal proposal, Instant now) {
    requireUnverified();
    return with(proposal, now, now);
  }

  /** The person is called otherwise, or wants to be addressed otherwise. */
  Account renamed(String newName, Preferences newPreferences, Instant now) {
    return with(new Proposal(newName, newPreferences, passwordHash), emailVerifiedAt, now);
  }

  /** The person has another password. */
  Account withPassword(String newPasswordHash, Instant now) {
    return with(new Proposal(name, preferences, newPasswordHash), emailVerifiedAt, now);
  }

  ProfileChanged toEvent() {
    return new ProfileChanged(
        id,
        version,
        email.value(),
        name,
        preferences.locale(),
        preferences.timeZone(),
        isVerified());
  }

  @Override
  public String toString() {
    return "Account[" + id + ", version " + version + "]";
  }

  private Account with(Proposal proposal, @Nullable Instant verifiedAt, Instant now) {
    return new Account(
        id,
        email,
        proposal.name(),
        proposal.preferences(),
        proposal.passwordHash(),
        verifiedAt,
        version + 1,
        createdAt,
        now);
  }

  private void requireUnverified() {
    if (isVerified()) {
      throw new IllegalStateException(this + " is verified");
    }
  }

  /** What one sign-up asks for. */
  record Proposal(String name, Preferences preferences, String passwordHash) {

    @Override
    public String toString() {
      return "(hidden)";
    }
  }
}
