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
 * account}, {@code organization} or {@code platform}, {@code x-roles} lists the roles. An endpoint
 * without an access annotation has neither, which fails a journey over all documents.
 */
final class DocumentedAccess implements GlobalOperationCustomizer {

  private static final String ACCESS = "x-access";
  private static final String ROLES = "x-roles";

  @Override
  public Operation customize(Operation operation, HandlerMethod endpoint) {
    OrganizationEndpoint organization = endpoint.getMethodAnnotation(OrganizationEndpoint.class);
    PlatformEndpoint platform = endpoint.getMethodAnnotation(PlatformEndpoint.class);
    if (organization != null) {
      operation.addExtension(ACCESS, "organization");
      operation.addExtension(ROLES, names(OrganizationRole.OWNER, organization.value()));
    } else if (platform != null) {
      operation.addExtension(ACCESS, "platform");
      operation.addExtension(ROLES, names(PlatformRole.PLATFORM_ADMIN, platform.value()));
    } else if (endpoint.hasMethodAnnotation(AccountEndpoint.class)) {
      operation.addExtension(ACCESS, "account");
    } else if (endpoint.hasMethodAnnotation(PublicEndpoint.class)) {
      operation.addExtension(ACCESS, "public");
    }
    return operation;
  }

  /** The role that always may, and the others. */
  private static List<String> names(Enum<?> always, Enum<?>[] others) {
    return Stream.concat(Stream.of(always), Arrays.stream(others))
        .map(ContractsJson::kebabCase)
        .distinct()
        .toList();
  }
}
