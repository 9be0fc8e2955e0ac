package io.cpdevents.accounts.apikeys;

import io.cpdevents.accounts.members.LostRights;
import io.cpdevents.accounts.members.RoleLoss;
import java.time.Clock;
import java.time.Instant;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** With a member's rights end the API keys that the member could not make any more. */
@Component
class EndApiKeysOfMember implements RoleLoss {

  private final ApiKeys apiKeys;
  private final EndedApiKeys endedApiKeys;
  private final Clock clock;

  EndApiKeysOfMember(ApiKeys apiKeys, EndedApiKeys endedApiKeys, Clock clock) {
    this.apiKeys = apiKeys;
    this.endedApiKeys = endedApiKeys;
    this.clock = clock;
  }

  @Override
  @Transactional(propagation = Propagation.MANDATORY)
  public void handle(LostRights lost) {
    Instant now = clock.instant();
    apiKeys
        .endOf(lost.organizationId(), lost.accountId(), lost.roles(), now)
        .forEach(key -> endedApiKeys.announce(key, ApiKeyEnd.MAKER_LOST_ROLE, now));
  }
}
