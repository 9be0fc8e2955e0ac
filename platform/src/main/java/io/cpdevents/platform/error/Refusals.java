package io.cpdevents.platform.error;

import io.cpdevents.platform.idempotency.RequiresIdempotencyKey;
import io.cpdevents.platform.security.AccountEndpoint;
import io.cpdevents.platform.security.ApiKeyAccess;
import io.cpdevents.platform.security.InternalEndpoint;
import io.cpdevents.platform.security.OrganizationEndpoint;
import io.cpdevents.platform.security.PlatformEndpoint;
import io.cpdevents.platform.security.PublicEndpoint;
import io.cpdevents.platform.security.StepUp;
import io.cpdevents.platform.security.WithoutFactor;
import io.cpdevents.platform.web.IfMatch;
import java.lang.annotation.Annotation;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;

/**
 * The codes by which an endpoint may refuse: those that its annotations name, and those that follow
 * from its kind. The OpenAPI document lists them, and {@link ProblemAdvice} compares what is thrown
 * with them.
 */
public final class Refusals {

  private static final String API = "/api/";
  private static final String ORGANIZATION_ID = "organizationId";
  private static final Map<HandlerMethod, Set<ProblemCode>> KNOWN = new ConcurrentHashMap<>();

  private Refusals() {}

  /** The codes of an endpoint, in no order. */
  public static Set<ProblemCode> of(HandlerMethod endpoint) {
    return KNOWN.computeIfAbsent(endpoint, Refusals::collect);
  }

  /** Whether clients know from the document that the endpoint may refuse by this code. */
  static boolean isNamed(HandlerMethod endpoint, ProblemCode code) {
    return endpoint.hasMethodAnnotation(InternalEndpoint.class) || of(endpoint).contains(code);
  }

  private static Set<ProblemCode> collect(HandlerMethod endpoint) {
    Set<ProblemCode> codes = new LinkedHashSet<>(named(endpoint));
    Collections.addAll(
        codes,
        CommonProblem.MALFORMED_REQUEST,
        CommonProblem.URI_TOO_LONG,
        CommonProblem.TOO_MANY_REQUESTS,
        CommonProblem.INTERNAL_ERROR,
        CommonProblem.SERVICE_UNAVAILABLE,
        CommonProblem.UPSTREAM_TIMEOUT);
    if (isInApi(endpoint)) {
      codes.add(CommonProblem.SESSION_INVALID);
    }
    // JSON is answered whatever is accepted.
    if (mappings(endpoint).anyMatch(mapping -> mapping.produces().length > 0)) {
      codes.add(CommonProblem.NOT_ACCEPTABLE);
    }
    if (!endpoint.hasMethodAnnotation(PublicEndpoint.class)) {
      codes.add(CommonProblem.SESSION_MISSING);
      if (!endpoint.hasMethodAnnotation(WithoutFactor.class)) {
        codes.add(CommonProblem.FACTOR_REQUIRED);
      }
    }
    if (endpoint.hasMethodAnnotation(OrganizationEndpoint.class)
        || endpoint.hasMethodAnnotation(PlatformEndpoint.class)) {
      codes.add(CommonProblem.ROLE_MISSING);
    }
    if (!endpoint.hasMethodAnnotation(PublicEndpoint.class) && !ApiKeyAccess.isOpen(endpoint)) {
      codes.add(CommonProblem.API_KEY_REFUSED);
    }
    if (isClosedToClosingAccounts(endpoint)) {
      codes.add(CommonProblem.ACCOUNT_CLOSING);
    }
    if (endpoint.hasMethodAnnotation(StepUp.class)) {
      codes.add(CommonProblem.STEP_UP_REQUIRED);
    }
    addInputs(endpoint, codes);
    addWrites(endpoint, codes);
    return Set.copyOf(codes);
  }

  private static boolean isClosedToClosingAccounts(HandlerMethod endpoint) {
    AccountEndpoint account = endpoint.getMethodAnnotation(AccountEndpoint.class);
    return account == null
        ? endpoint.hasMethodAnnotation(OrganizationEndpoint.class)
            || endpoint.hasMethodAnnotation(PlatformEndpoint.class)
        : !account.whileClosing();
  }

  private static void addInputs(HandlerMethod endpoint, Set<ProblemCode> codes) {
    for (MethodParameter parameter : endpoint.getMethodParameters()) {
      if (parameter.hasParameterAnnotation(RequestBody.class)) {
        codes.add(CommonProblem.UNSUPPORTED_MEDIA_TYPE);
        // The bytes of a webhook are read by the use case.
        if (parameter.getParameterType() != byte[].class) {
          Collections.addAll(codes, CommonProblem.MALFORMED_JSON, CommonProblem.UNKNOWN_FIELD);
        }
      }
      if (parameter.getParameterType() == IfMatch.class) {
        codes.add(CommonProblem.CHANGED_MEANWHILE);
      }
      if (parameter.hasParameterAnnotation(PathVariable.class)
          && ORGANIZATION_ID.equals(parameter.getParameter().getName())) {
        codes.add(CommonProblem.ORGANIZATION_NOT_FOUND);
      }
    }
    if (isInApi(endpoint)) {
      // A parameter may be unknown as well as a field.
      codes.add(CommonProblem.UNKNOWN_FIELD);
    }
    codes.add(CommonProblem.INVALID_REQUEST);
  }

  private static void addWrites(HandlerMethod endpoint, Set<ProblemCode> codes) {
    List<RequestMethod> methods = methods(endpoint);
    if (!methods.contains(RequestMethod.GET)) {
      codes.add(CommonProblem.ORIGIN_REFUSED);
      codes.add(CommonProblem.BODY_TOO_LARGE);
      codes.add(CommonProblem.BODY_TOO_SLOW);
    }
    if (methods.contains(RequestMethod.POST) && isInApi(endpoint)) {
      Collections.addAll(
          codes,
          CommonProblem.IDEMPOTENCY_KEY_INVALID,
          CommonProblem.IDEMPOTENCY_KEY_REUSED,
          CommonProblem.IN_PROGRESS);
    }
    if (endpoint.hasMethodAnnotation(RequiresIdempotencyKey.class)) {
      codes.add(CommonProblem.IDEMPOTENCY_KEY_REQUIRED);
    }
  }

  private static List<RequestMethod> methods(HandlerMethod endpoint) {
    return mappings(endpoint).flatMap(mapping -> Arrays.stream(mapping.method())).toList();
  }

  /** Outside of it, at the webhooks, there are no sessions and no idempotency keys. */
  private static boolean isInApi(HandlerMethod endpoint) {
    return mappings(endpoint)
        .flatMap(mapping -> Arrays.stream(mapping.path()))
        .anyMatch(path -> path.startsWith(API));
  }

  private static Stream<RequestMapping> mappings(HandlerMethod endpoint) {
    return Stream.of(endpoint.getBeanType(), endpoint.getMethod())
        .map(element -> AnnotatedElementUtils.findMergedAnnotation(element, RequestMapping.class))
        .filter(Objects::nonNull);
  }

  private static List<ProblemCode> named(HandlerMethod endpoint) {
    return annotations(endpoint).flatMap(each -> Arrays.stream(valueOf(each))).toList();
  }

  private static Stream<Annotation> annotations(HandlerMethod endpoint) {
    return Arrays.stream(endpoint.getMethod().getAnnotations())
        .filter(each -> each.annotationType().isAnnotationPresent(NamesRefusals.class));
  }

  private static ProblemCode[] valueOf(Annotation annotation) {
    try {
      return (ProblemCode[]) annotation.annotationType().getMethod("value").invoke(annotation);
    } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException wrong) {
      throw new IllegalStateException(
          annotation.annotationType() + " must list its codes as its value", wrong);
    }
  }
}
