package io.cpdevents.accounts.accounts;

import io.cpdevents.accounts.passwords.PasswordHashing;
import io.cpdevents.contracts.accounts.ProfileEvent.ProfileChanged;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A person's account. Anybody can sign up with an address that is not theirs, so until the address
 * is verified, the name, preferences and password are only what the latest sign-up proposes.
 * Following the link in a sign-up's mail makes the proposal of that sign-up the account's own.
 *
 * @param emailVerifiedAt null until somebody has followed a link
 * @param contested whether several sign-ups used the address before it was verified; nobody knows
 *     which of them was its owner's
 * @param version rises by one with each change
 */
record Account(
    UUID id,
    String email,
    String name,
    Preferences preferences,
    String passwordHash,
    @Nullable Instant emailVerifiedAt,
    boolean contested,
    long version,
    Instant createdAt,
    Instant changedAt) {

  static Account signedUp(UUID id, String email, Proposal proposal, Instant now) {
    return new Account(
        id,
        email,
        proposal.name(),
        proposal.preferences(),
        proposal.passwordHash(),
        null,
        false,
        1,
        now,
        now);
  }

  /**
   * Whether another mail may be sent to somebody who knows the address only. After a second sign-up
   * it may not: the mail that the owner asks for could carry a stranger's proposal.
   */
  boolean canRequestAnotherMail() {
    return !isVerified() && !contested;
  }

  boolean isVerified() {
    return emailVerifiedAt != null;
  }

  /** What a person can change about themselves. */
  ProfileDetails details() {
    return new ProfileDetails(name, preferences.locale(), preferences.timeZone());
  }

  /** What the latest sign-up proposes. */
  Proposal proposal() {
    return new Proposal(name, preferences, passwordHash);
  }

  /** Somebody signs up again before the address is verified. */
  Account signedUpAgain(Proposal proposal, Instant now) {
    requireUnverified();
    return with(proposal, null, true, now);
  }

  /** The link of a sign-up was followed: its proposal becomes the account's own. */
  Account verified(Proposal proposal, Instant now) {
    requireUnverified();
    return with(proposal, now, contested, now);
  }

  /** The person has another name or other preferences. */
  Account renamed(String newName, Preferences newPreferences, Instant now) {
    return with(
        new Proposal(newName, newPreferences, passwordHash), emailVerifiedAt, contested, now);
  }

  /** Whether nobody can log in to it any more. */
  boolean isDisabled() {
    return passwordHash.equals(PasswordHashing.UNMATCHABLE_HASH);
  }

  /** The person has another password. */
  Account withPassword(String newPasswordHash, Instant now) {
    return with(new Proposal(name, preferences, newPasswordHash), emailVerifiedAt, contested, now);
  }

  /** The person has another address, and has shown that its mails reach them. */
  Account withEmail(String newEmail, Instant now) {
    return new Account(
        id,
        newEmail,
        name,
        preferences,
        passwordHash,
        emailVerifiedAt,
        contested,
        version + 1,
        createdAt,
        now);
  }

  ProfileChanged toEvent() {
    return new ProfileChanged(
        id, version, email, name, preferences.locale(), preferences.timeZone(), isVerified());
  }

  @Override
  public String toString() {
    return "Account[" + id + ", version " + version + "]";
  }

  private Account with(
      Proposal proposal, @Nullable Instant verifiedAt, boolean isContested, Instant now) {
    return new Account(
        id,
        email,
        proposal.name(),
        proposal.preferences(),
        proposal.passwordHash(),
        verifiedAt,
        isContested,
        version + 1,
        createdAt,
        now);
  }

  private void requireUnverified() {
    if (isVerified()) {
      throw new IllegalStateException(this + " is verified");
    }
  }

  /** What one sign-up asks for; it prints none of it. */
  record Proposal(String name, Preferences preferences, String passwordHash) {

    @Override
    public String toString() {
      return "(hidden)";
    }
  }
}
