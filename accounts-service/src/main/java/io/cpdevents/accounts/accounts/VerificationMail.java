package io.cpdevents.accounts.accounts;

import java.time.Instant;
import java.util.UUID;

/**
 * A verification mail that was asked for and whose link still counts.
 *
 * @param id the request id: its token is made from it
 * @param proposal what following the link makes true
 */
record VerificationMail(
    UUID id, UUID accountId, Account.Proposal proposal, Instant requestedAt, Instant expiresAt) {}
