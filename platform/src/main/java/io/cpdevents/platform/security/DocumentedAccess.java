package io.cpdevents.platform.security;

import io.cpdevents.contracts.ContractsJson;
import io.swagger.v3.oas.models.Operation;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springframework.web.method.HandlerMethod;

/**
 * Documents in OpenAPI who may call an endpoint: {@code x-access} is {@code public}, {@code
 * account}, {@code organization} or {@code platform}, {@code x-roles} lists the roles; those of an
 * {@code account} endpoint may call it about what is somebody else's, those of a {@code public} one
 * see what is not public yet. {@code x-step-up} says {@code always} or {@code by-request} where
 * {@link StepUp} is asked for, {@code x-api-keys} that an API key with one of the roles may, too.
 * An endpoint without an access annotation has none, which fails a journey over all documents.
 */
final class DocumentedAccess implements GlobalOperationCustomizer {

  private static final String ACCESS = "x-access";
  private static final String ROLES = "x-roles";
  private static final String API_KEYS = "x-api-keys";
  private static final String STEP_UP = "x-step-up";
  private static final String WITHOUT_FACTOR = "x-without-factor";

  @Override
  public Operation customize(Operation operation, HandlerMethod endpoint) {
    OrganizationEndpoint organization = endpoint.getMethodAnnotation(OrganizationEndpoint.class);
    PlatformEndpoint platform = endpoint.getMethodAnnotation(PlatformEndpoint.class);
    AccountEndpoint account = endpoint.getMethodAnnotation(AccountEndpoint.class);
    PublicEndpoint anybody = endpoint.getMethodAnnotation(PublicEndpoint.class);
    if (organization != null) {
      describe(
          operation,
          "organization",
          Stream.concat(members(organization.value()), staff(organization.platform())));
    } else if (platform != null) {
      describe(
          operation,
          "platform",
          Stream.concat(
              platform.admin() ? Stream.of(PlatformRole.PLATFORM_ADMIN) : Stream.empty(),
              Arrays.stream(platform.value())));
    } else if (account != null) {
      describe(
          operation,
          "account",
          Stream.concat(othersBy(account.organization()), staff(account.platform())));
    } else if (anybody != null) {
      describe(operation, "public", othersBy(anybody.organization()));
    }
    if (ApiKeyAccess.isOpen(endpoint)) {
      operation.addExtension(API_KEYS, true);
    }
    if (endpoint.hasMethodAnnotation(WithoutFactor.class)) {
      operation.addExtension(WITHOUT_FACTOR, true);
    }
    StepUp stepUp = endpoint.getMethodAnnotation(StepUp.class);
    if (stepUp != null) {
      operation.addExtension(STEP_UP, stepUp.byUseCase() ? "by-request" : "always");
    }
    return operation;
  }

  private static void describe(
      Operation operation, String access, Stream<? extends Enum<?>> allowed) {
    operation.addExtension(ACCESS, access);
    List<String> roles = allowed.map(ContractsJson::kebabCase).distinct().toList();
    if (!roles.isEmpty()) {
      operation.addExtension(ROLES, roles);
    }
  }

  /** Those who may more than everybody. */
  private static Stream<Enum<?>> othersBy(OrganizationRole... roles) {
    return roles.length == 0 ? Stream.empty() : members(roles);
  }

  /** The owner may whatever any member may. */
  private static Stream<Enum<?>> members(OrganizationRole... roles) {
    return Stream.concat(Stream.of(OrganizationRole.OWNER), Arrays.stream(roles));
  }

  /** The platform's admin may whatever any of its people may. */
  private static Stream<Enum<?>> staff(PlatformRole... roles) {
    return roles.length == 0
        ? Stream.empty()
        : Stream.concat(Stream.of(PlatformRole.PLATFORM_ADMIN), Arrays.stream(roles));
  }
}
