package io.cpdevents.accounts.apikeys;

import io.cpdevents.accounts.AccountsProblem;
import io.cpdevents.accounts.organizations.Memberships;
import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.security.OrganizationRole;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * An owner or admin ends an API key, whoever has made it: who sees that one has leaked does not
 * look for somebody else first.
 */
@Component
public class RevokeApiKey {

  /** Which key, and who ends it. */
  public record Command(UUID organizationId, UUID apiKeyId, UUID callerId) {}

  private final Memberships memberships;
  private final ApiKeys apiKeys;
  private final EndedApiKeys endedApiKeys;
  private final Clock clock;

  RevokeApiKey(Memberships memberships, ApiKeys apiKeys, EndedApiKeys endedApiKeys, Clock clock) {
    this.memberships = memberships;
    this.apiKeys = apiKeys;
    this.endedApiKeys = endedApiKeys;
    this.clock = clock;
  }

  /**
   * Ends it.
   *
   * @throws RuleViolation 404 {@code organization-not-found} or {@code api-key-not-found}, 403
   *     {@code role-missing}
   */
  @Transactional
  public void handle(Command command) {
    memberships.lockAndRequireRole(
        command.callerId(),
        command.organizationId(),
        CommonProblem.ORGANIZATION_NOT_FOUND,
        OrganizationRole.ADMIN);
    Instant now = clock.instant();
    ApiKey ended =
        apiKeys
            .end(command.organizationId(), command.apiKeyId(), ApiKeyEnd.REVOKED, now)
            .orElseThrow(() -> AccountsProblem.API_KEY_NOT_FOUND.violation());
    endedApiKeys.announce(ended, ApiKeyEnd.REVOKED, now);
  }
}
