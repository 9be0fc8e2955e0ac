package io.cpdevents.platform.idempotency;

import io.cpdevents.platform.security.Credential;
import io.cpdevents.platform.security.PublicEndpoint;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerExecutionChain;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.ServletRequestPathUtils;

/** Which endpoint a request is for, before anything is stored about the request. */
final class PostEndpoints {

  /**
   * What matters about an endpoint here.
   *
   * @param isPublic whether who has no session may call it
   * @param changesNothing whether it only answers
   * @param credentials the fields of its body that are credentials
   */
  record Endpoint(boolean isPublic, boolean changesNothing, Set<String> credentials) {

    static Endpoint of(HandlerMethod method) {
      return new Endpoint(
          method.hasMethodAnnotation(PublicEndpoint.class),
          method.hasMethodAnnotation(ChangesNothing.class),
          credentialsIn(method));
    }

    boolean takesCredential() {
      return !credentials.isEmpty();
    }
  }

  private final Supplier<RequestMappingHandlerMapping> mapping;
  private final Map<Method, Endpoint> endpoints = new ConcurrentHashMap<>();

  /** Asks the mapping by which Spring will find the endpoint. */
  PostEndpoints(Supplier<RequestMappingHandlerMapping> mapping) {
    this.mapping = mapping;
  }

  /** The endpoint of the request; null when there is none that takes such a request. */
  @Nullable Endpoint find(HttpServletRequest request) throws IOException, ServletException {
    ServletRequestPathUtils.parseAndCache(request);
    HandlerExecutionChain found = handler(request);
    return found != null && found.getHandler() instanceof HandlerMethod method
        ? endpoints.computeIfAbsent(method.getMethod(), _ -> Endpoint.of(method))
        : null;
  }

  /** The fields of the endpoint's body that are credentials. */
  static Set<String> credentialsIn(HandlerMethod method) {
    return Arrays.stream(method.getMethodParameters())
        .filter(parameter -> parameter.hasParameterAnnotation(RequestBody.class))
        .map(MethodParameter::getParameterType)
        .flatMap(body -> body.isRecord() ? Arrays.stream(body.getRecordComponents()) : Stream.of())
        .filter(field -> Credential.class.isAssignableFrom(field.getType()))
        .map(RecordComponent::getName)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Spring says by exceptions why an address has no endpoint for a method or type of body. */
  private @Nullable HandlerExecutionChain handler(HttpServletRequest request)
      throws IOException, ServletException {
    try {
      return mapping.get().getHandler(request);
    } catch (ServletException refused) {
      return null;
    } catch (IOException | RuntimeException failure) {
      throw failure;
    } catch (Exception failure) {
      throw new ServletException(failure);
    }
  }
}
