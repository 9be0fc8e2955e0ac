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
 * @param contested whether more than one sign-up came before the address was verified: which of
 *     them the owner's was, nobody knows
 * @param version rises by one with each change
 */
record Account(
    UUID id,
    EmailAddress email,
    String name,
    Preferences preferences,
    String passwordHash,
    @Nullable Instant emailVerifiedAt,
    boolean contested,
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
        false,
        1,
        now,
        now);
  }

  /**
   * Whether a mail may be sent for nothing but the address: only while there is one sign-up that it
   * can belong to. A stranger's proposal would else come true by a mail that the owner asked for.
   */
  boolean takesMailsAgain() {
    return !isVerified() && !contested;
  }

  boolean isVerified() {
    return emailVerifiedAt != null;
  }

  /** What the latest sign-up proposes. */
  Proposal proposal() {
    return new Proposal(name, preferences, passwordHash);
  }

  /** Somebody signs up once more before the address is verified. */
  Account signedUpAgain(Proposal proposal, Instant now) {
    requireUnverified();
    return with(proposal, null, true, now);
  }

  /** The link was followed: the proposal of the sign-up that it belongs to becomes true. */
  Account verified(Proposal proposal, Instant now) {
    requireUnverified();
    return with(proposal, now, contested, now);
  }

  /** The person is called otherwise, or wants to be addressed otherwise. */
  Account renamed(String newName, Preferences newPreferences, Instant now) {
    return with(
        new Proposal(newName, newPreferences, passwordHash), emailVerifiedAt, contested, now);
  }

  /** The person has another password. */
  Account withPassword(String newPasswordHash, Instant now) {
    return with(new Proposal(name, preferences, newPasswordHash), emailVerifiedAt, contested, now);
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

  /** What one sign-up asks for. */
  record Proposal(String name, Preferences preferences, String passwordHash) {

    @Override
    public String toString() {
      return "(hidden)";
    }
  }
}
