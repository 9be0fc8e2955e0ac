package io.cpdevents.accounts.apikeys;

import io.cpdevents.accounts.AccountsProblem;
import io.cpdevents.accounts.organizations.Memberships;
import io.cpdevents.accounts.secrets.OpaqueToken;
import io.cpdevents.contracts.ContractsJson;
import io.cpdevents.contracts.accounts.MemberEvent.ApiKeyMade;
import io.cpdevents.contracts.accounts.MemberRole;
import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.audit.AuditTrail.Change;
import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.FieldProblem;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.messaging.Outbox;
import io.cpdevents.platform.security.OrganizationRole;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** An owner or admin makes a key with which a program acts for the organization. */
@Component
public class MakeApiKey {

  /** Of one organization. */
  static final int MAX_KEYS = 50;

  /**
   * What is asked for.
   *
   * @param id the same for every repetition of one request
   * @param callerId who asks; the key ends with this person's right to make it
   * @param expiresAt null for never
   */
  public record Command(
      UUID id,
      UUID organizationId,
      UUID callerId,
      String name,
      OrganizationRole role,
      @Nullable Instant expiresAt) {}

  private final Memberships memberships;
  private final ApiKeys apiKeys;
  private final ApiKeySecrets secrets;
  private final Outbox outbox;
  private final AuditTrail auditTrail;
  private final Clock clock;

  MakeApiKey(
      Memberships memberships,
      ApiKeys apiKeys,
      ApiKeySecrets secrets,
      Outbox outbox,
      AuditTrail auditTrail,
      Clock clock) {
    this.memberships = memberships;
    this.apiKeys = apiKeys;
    this.secrets = secrets;
    this.outbox = outbox;
    this.auditTrail = auditTrail;
    this.clock = clock;
  }

  /**
   * Makes the key, and answers it this once; a repeated request makes no other. Nobody makes one
   * with a role that they could not give.
   *
   * @throws RuleViolation 404 {@code organization-not-found}, 403 {@code role-missing} or {@code
   *     account-closing}, 409 {@code api-key-limit-reached}, 400 {@code invalid-request}
   */
  @Transactional
  public OpaqueToken handle(Command command) {
    // The account first, as whoever asks to be erased does, and then the organization.
    if (!apiKeys.holdMaker(command.callerId())) {
      throw CommonProblem.ACCOUNT_CLOSING.violation();
    }
    OrganizationRole own =
        memberships.lockAndRequireRole(
            command.callerId(),
            command.organizationId(),
            CommonProblem.ORGANIZATION_NOT_FOUND,
            OrganizationRole.ADMIN);
    if (!own.mayGive(command.role())) {
      throw CommonProblem.ROLE_MISSING.violation();
    }
    Instant now = clock.instant();
    OpaqueToken key = secrets.of(command.id());
    if (!apiKeys.add(made(command, key, now), key.sha256())) {
      return secrets.madeBefore(command.id(), apiKeys.sha256Of(command.id()));
    }
    requireLimits(command, now);
    tell(command, now);
    return key;
  }

  private static ApiKey made(Command command, OpaqueToken key, Instant now) {
    return new ApiKey(
        command.id(),
        command.organizationId(),
        command.name(),
        command.role(),
        ApiKeyText.hintOf(key),
        command.callerId(),
        now,
        command.expiresAt(),
        null,
        null);
  }

  private void requireLimits(Command command, Instant now) {
    if (command.expiresAt() != null && !command.expiresAt().isAfter(now)) {
      throw CommonProblem.INVALID_REQUEST.violation(
          List.of(FieldProblem.IN_THE_PAST.at("expiresAt")));
    }
    if (apiKeys.count(command.organizationId()) > MAX_KEYS) {
      throw AccountsProblem.API_KEY_LIMIT_REACHED.violation(
          "An organization can have %d API keys at most.".formatted(MAX_KEYS));
    }
  }

  private void tell(Command command, Instant now) {
    outbox.append(
        new ApiKeyMade(
            command.id(),
            command.organizationId(),
            command.callerId(),
            MemberRole.valueOf(command.role().name()),
            now));
    auditTrail.record(
        "api-key.made",
        "api-key",
        command.id().toString(),
        command.organizationId(),
        new Change(Map.of(), Map.of("role", ContractsJson.kebabCase(command.role()))));
  }
}
