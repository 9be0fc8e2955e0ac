package io.cpdevents.platform.security;

import io.cpdevents.contracts.ContractsJson;
import io.swagger.v3.oas.models.Operation;
import java.util.Arrays;
import java.util.List;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springframework.web.method.HandlerMethod;

/**
 * Documents in OpenAPI who may call an endpoint: {@code x-access} is {@code public}, {@code
 * account}, {@code organization} or {@code platform}, {@code x-roles} lists the roles beside {@code
 * owner} or {@code platform-admin}. An endpoint without an access annotation has neither, which
 * fails a journey over all documents.
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
      operation.addExtension(ROLES, names(organization.value()));
    } else if (platform != null) {
      operation.addExtension(ACCESS, "platform");
      operation.addExtension(ROLES, names(platform.value()));
    } else if (endpoint.hasMethodAnnotation(AccountEndpoint.class)) {
      operation.addExtension(ACCESS, "account");
    } else if (endpoint.hasMethodAnnotation(PublicEndpoint.class)) {
      operation.addExtension(ACCESS, "public");
    }
    return operation;
  }

  private static List<String> names(Enum<?>[] roles) {
    return Arrays.stream(roles).map(ContractsJson::kebabCase).toList();
  }
}
