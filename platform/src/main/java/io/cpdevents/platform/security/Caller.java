package io.cpdevents.platform.security;

import io.cpdevents.contracts.ContractsJson;
import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.ProblemCode;
import io.cpdevents.platform.error.RuleViolation;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.Jwt;

/**
 * Who makes a request, by the claims of the signed token: a person with a session, or a program
 * with an API key of an organization.
 *
 * @param accountId the person; of a key its own id, which is no account: nothing belongs to it
 * @param sessionId the session of the request; of a key its own id
 * @param platformRoles the person's roles on the platform
 * @param organizationRoles the person's role in each organization, by its id
 * @param provedAt when the person has last proved who they are, in the machine's time; null when
 *     nobody knows
 * @param keyMadeBy the person who made the key and for whom it acts; null for a person
 * @param lacksFactor whether the person has a role that asks for a second factor, and has proved
 *     none in this session: it has no roles until then
 */
public record Caller(
    UUID accountId,
    UUID sessionId,
    Set<PlatformRole> platformRoles,
    Map<UUID, OrganizationRole> organizationRoles,
    @Nullable Instant provedAt,
    @Nullable UUID keyMadeBy,
    boolean lacksFactor) {

  /** Claim with the session's id. */
  public static final String CLAIM_SESSION = "sid";

  /** Claim with the platform roles, kebab-case. */
  public static final String CLAIM_ROLES = "roles";

  /** Claim with the role per organization id. */
  public static final String CLAIM_ORGANIZATIONS = "orgs";

  /** Claim that is true while the person's account waits to be erased. */
  public static final String CLAIM_CLOSING = "closing";

  /** Claim with the time of the last proof, as OpenID Connect calls it. */
  public static final String CLAIM_PROVED_AT = "auth_time";

  /** Claim with the account of whoever made the API key; a session's token has none. */
  public static final String CLAIM_KEY_MADE_BY = "kby";

  /** Claim that is there, and true, where a role asks for a factor that was not proved. */
  public static final String CLAIM_LACKS_FACTOR = "nofactor";

  private static final Map<String, PlatformRole> PLATFORM_ROLES =
      Arrays.stream(PlatformRole.values())
          .collect(Collectors.toUnmodifiableMap(ContractsJson::kebabCase, role -> role));
  private static final Map<String, OrganizationRole> ORGANIZATION_ROLES =
      Arrays.stream(OrganizationRole.values())
          .collect(Collectors.toUnmodifiableMap(ContractsJson::kebabCase, role -> role));

  /** Copies the collections. */
  public Caller {
    platformRoles = Set.copyOf(platformRoles);
    organizationRoles = Map.copyOf(organizationRoles);
  }

  /** A person with a session. */
  public Caller(
      UUID accountId,
      UUID sessionId,
      Set<PlatformRole> platformRoles,
      Map<UUID, OrganizationRole> organizationRoles,
      @Nullable Instant provedAt) {
    this(accountId, sessionId, platformRoles, organizationRoles, provedAt, null, false);
  }

  /** The caller of a validated access token. Unknown roles are ignored. */
  static Caller of(Jwt token) {
    Map<UUID, OrganizationRole> organizations = new HashMap<>();
    Map<String, Object> claimed = token.getClaimAsMap(CLAIM_ORGANIZATIONS);
    if (claimed != null) {
      claimed.forEach((id, role) -> {
        OrganizationRole known = ORGANIZATION_ROLES.get(String.valueOf(role));
        if (known != null) {
          organizations.put(UUID.fromString(id), known);
        }
      });
    }
    List<String> roles = token.getClaimAsStringList(CLAIM_ROLES);
    Set<PlatformRole> platform =
        roles == null
            ? Set.of()
            : roles.stream()
                .flatMap(role -> Optional.ofNullable(PLATFORM_ROLES.get(role)).stream())
                .collect(Collectors.toUnmodifiableSet());
    String keyMadeBy = token.getClaimAsString(CLAIM_KEY_MADE_BY);
    return new Caller(
        UUID.fromString(token.getSubject()),
        UUID.fromString(token.getClaimAsString(CLAIM_SESSION)),
        platform,
        organizations,
        token.getClaimAsInstant(CLAIM_PROVED_AT),
        keyMadeBy == null ? null : UUID.fromString(keyMadeBy),
        Boolean.TRUE.equals(token.getClaimAsBoolean(CLAIM_LACKS_FACTOR)));
  }

  /** Whether it is a program with an API key, and no person. */
  public boolean isApiKey() {
    return keyMadeBy != null;
  }

  /** Whether the person has one of these platform roles; a platform-admin has all. */
  public boolean has(PlatformRole... anyOf) {
    return platformRoles.contains(PlatformRole.PLATFORM_ADMIN)
        || Arrays.stream(anyOf).anyMatch(platformRoles::contains);
  }

  /** The person's role in the organization; null when not a member. */
  public @Nullable OrganizationRole roleIn(UUID organizationId) {
    return organizationRoles.get(organizationId);
  }

  /** Whether the person has one of these roles in the organization; the owner has all. */
  public boolean hasRole(UUID organizationId, OrganizationRole... anyOf) {
    OrganizationRole role = roleIn(organizationId);
    return role != null && (role == OrganizationRole.OWNER || Arrays.asList(anyOf).contains(role));
  }

  /**
   * Requires one of these roles in the organization; the owner has all.
   *
   * @throws RuleViolation 404 {@code organization-not-found} when the person is not a member; 403
   *     {@code role-missing} when the person has none of the roles
   */
  public void requireRole(UUID organizationId, OrganizationRole... anyOf) {
    requireRole(organizationId, CommonProblem.ORGANIZATION_NOT_FOUND, anyOf);
  }

  /**
   * Requires one of these roles in the organization that owns some object.
   *
   * @param notFound the code for a person who is not a member, for example {@code event-not-found}
   * @throws RuleViolation 404 with that code, or 403 {@code role-missing}
   */
  public void requireRole(UUID organizationId, ProblemCode notFound, OrganizationRole... anyOf) {
    if (roleIn(organizationId) == null) {
      throw notFound.violation();
    }
    if (!hasRole(organizationId, anyOf)) {
      throw CommonProblem.ROLE_MISSING.violation();
    }
  }
}
