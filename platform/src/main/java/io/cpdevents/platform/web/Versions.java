package io.cpdevents.platform.web;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;

/**
 * Gives each answer that is {@link Versioned} its {@code ETag}, and controllers the {@link IfMatch}
 * of their request; documents both in OpenAPI.
 */
@RestControllerAdvice
final class Versions
    implements ResponseBodyAdvice<Object>,
        HandlerMethodArgumentResolver,
        GlobalOperationCustomizer {

  @Override
  public boolean supports(
      MethodParameter returned, Class<? extends HttpMessageConverter<?>> converter) {
    return true;
  }

  @Override
  public @Nullable Object beforeBodyWrite(
      @Nullable Object body,
      MethodParameter returned,
      MediaType type,
      Class<? extends HttpMessageConverter<?>> converter,
      ServerHttpRequest request,
      ServerHttpResponse response) {
    if (body instanceof Versioned view) {
      response.getHeaders().setETag(IfMatch.tag(view.version()));
    }
    return body;
  }

  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    return parameter.getParameterType() == IfMatch.class;
  }

  @Override
  public Object resolveArgument(
      MethodParameter parameter,
      @Nullable ModelAndViewContainer container,
      NativeWebRequest request,
      @Nullable WebDataBinderFactory binderFactory) {
    return IfMatch.of(request.getHeader(HttpHeaders.IF_MATCH));
  }

  @Override
  public Operation customize(Operation operation, HandlerMethod endpoint) {
    if (Arrays.stream(endpoint.getMethodParameters()).anyMatch(this::supportsParameter)) {
      operation.addParametersItem(
          new HeaderParameter()
              .name(HttpHeaders.IF_MATCH)
              .description(
                  "The `ETag` of the version that was read. If somebody has changed it meanwhile, the"
                      + " answer is 412 `changed-meanwhile`, and nothing happens.")
              .schema(new StringSchema().example(IfMatch.tag(1))));
    }
    if (answersVersions(endpoint) && operation.getResponses() != null) {
      operation
          .getResponses()
          .forEach((status, response) -> {
            if (status.startsWith("2")) {
              response.addHeaderObject(
                  HttpHeaders.ETAG,
                  new Header()
                      .description("The version, for `If-Match`.")
                      .schema(new StringSchema().example(IfMatch.tag(1))));
            }
          });
    }
    return operation;
  }

  private static boolean answersVersions(HandlerMethod endpoint) {
    ResolvableType returned = ResolvableType.forMethodReturnType(endpoint.getMethod());
    ResolvableType body =
        returned.toClass() == ResponseEntity.class ? returned.getGeneric(0) : returned;
    return Versioned.class.isAssignableFrom(body.toClass());
  }
}
