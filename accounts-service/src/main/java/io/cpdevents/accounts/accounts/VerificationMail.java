package io.cpdevents.accounts.accounts;

import io.cpdevents.accounts.origin.RequestOrigin;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * A verification mail whose link still counts.
 *
 * @param id the id of the request that asked for it; its token is made from this id
 * @param proposal the name, preferences and password that the account gets by following the link
 * @param origin where it was asked for
 */
record VerificationMail(
    UUID id,
    UUID accountId,
    Account.Proposal proposal,
    RequestOrigin origin,
    Instant requestedAt,
    Instant expiresAt) {

  /** How long a link counts. */
  static final Duration LINK_LIFETIME = Duration.ofHours(24);

  /** How long after its use a link is still answered as the first time. */
  static final Duration SAME_ANSWER_TIME = Duration.ofHours(1);

  /** A mail that carries the proposal which the account holds now. */
  static VerificationMail issued(
      UUID requestId, Account account, RequestOrigin origin, Instant now) {
    return new VerificationMail(
        requestId, account.id(), account.proposal(), origin, now, now.plus(LINK_LIFETIME));
  }
}
