package io.cpdevents.accounts.credentials;

import io.cpdevents.accounts.apikeys.EndAddedApiKeys;
import io.cpdevents.accounts.factors.RemoveAddedFactors;
import io.cpdevents.accounts.invitations.RevokeAddedInvitations;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Whoever had somebody's account may have added what lets them in again, or others in their place:
 * second factors, API keys, invitations. It goes with them.
 */
@Component
class RemoveWhatOthersAdded {

  /** So long before the owner can have known of it a thief may have begun. */
  private static final Duration MAX_TIME_AHEAD = Duration.ofDays(1);

  private final RemoveAddedFactors factors;
  private final EndAddedApiKeys apiKeys;
  private final RevokeAddedInvitations invitations;

  RemoveWhatOthersAdded(
      RemoveAddedFactors factors, EndAddedApiKeys apiKeys, RevokeAddedInvitations invitations) {
    this.factors = factors;
    this.apiKeys = apiKeys;
    this.invitations = invitations;
  }

  /**
   * Removes it in the caller's transaction.
   *
   * @param known when the owner was told that somebody has the account
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void handle(UUID accountId, Instant known) {
    Instant since = known.minus(MAX_TIME_AHEAD);
    factors.handle(accountId, since);
    apiKeys.handle(accountId, since);
    invitations.handle(accountId, since);
  }
}
