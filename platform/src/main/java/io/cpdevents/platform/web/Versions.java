package io.cpdevents.platform.web;

import io.cpdevents.platform.security.Callers;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;
import tools.jackson.databind.json.JsonMapper;

/**
 * Gives each answer that is {@link Versioned} or {@link BrieflyCached} its {@code ETag}, answers
 * 304 to who has it already, and gives controllers the {@link IfMatch} of their request; documents
 * all three in OpenAPI.
 */
@RestControllerAdvice
final class Versions
    implements ResponseBodyAdvice<Object>,
        HandlerMethodArgumentResolver,
        GlobalOperationCustomizer {

  private static final String SOME_TAG = EntityTag.of(1, new byte[0]);

  private static final CacheControl FOR_EVERYBODY =
      CacheControl.maxAge(Duration.ofSeconds(BrieflyCached.MAX_AGE_SECONDS)).cachePublic();

  /** By what a cache tells those who are logged in from those who are not. */
  private static final List<String> DIFFERS_BY =
      List.of(HttpHeaders.AUTHORIZATION, HttpHeaders.COOKIE, HttpHeaders.ORIGIN);

  private final JsonMapper json;

  Versions(JsonMapper json) {
    this.json = json;
  }

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
    boolean brief = returned.hasMethodAnnotation(BrieflyCached.class);
    if (body == null || !(brief || body instanceof Versioned)) {
      return body;
    }
    if (brief && Callers.current().isEmpty()) {
      response.getHeaders().setCacheControl(FOR_EVERYBODY);
      response.getHeaders().setVary(DIFFERS_BY);
    }
    long version = body instanceof Versioned view ? view.version() : 0;
    String tag = EntityTag.of(version, json.writeValueAsBytes(body));
    response.getHeaders().setETag(tag);
    List<String> known = request.getHeaders().getOrEmpty(HttpHeaders.IF_NONE_MATCH);
    if (!isRead(request.getMethod()) || !EntityTag.isNamedIn(known, tag)) {
      return body;
    }
    response.setStatusCode(HttpStatus.NOT_MODIFIED);
    flush(response);
    return null;
  }

  private static boolean isRead(HttpMethod method) {
    return method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
  }

  /** Spring writes the headers of an answer with its body, and this one has none. */
  private static void flush(ServerHttpResponse response) {
    try {
      response.flush();
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
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
    return IfMatch.of(request.getHeaderValues(HttpHeaders.IF_MATCH));
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
              .schema(condition()));
    }
    if (answersVersions(endpoint) && operation.getResponses() != null) {
      operation
          .getResponses()
          .forEach((status, response) -> {
            if (status.startsWith("2")) {
              response.addHeaderObject(HttpHeaders.ETAG, documentedTag());
            }
          });
      if (endpoint.hasMethodAnnotation(GetMapping.class)) {
        documentNotModified(operation);
      }
    }
    return operation;
  }

  private static void documentNotModified(Operation operation) {
    operation.addParametersItem(
        new HeaderParameter()
            .name(HttpHeaders.IF_NONE_MATCH)
            .description("The `ETag` of what was read before; 304 while it is still the same.")
            .schema(condition()));
    operation
        .getResponses()
        .addApiResponse(
            Integer.toString(HttpStatus.NOT_MODIFIED.value()),
            new ApiResponse()
                .description("It is still as it was read before.")
                .addHeaderObject(HttpHeaders.ETAG, documentedTag()));
  }

  private static Schema<?> condition() {
    return new StringSchema().maxLength(EntityTag.MAX_CONDITION_CHARACTERS).example(SOME_TAG);
  }

  private static Header documentedTag() {
    return new Header()
        .description(
            "Differs whenever the answer does. For `If-Match` its version counts alone, so that"
                + " what is no change of the object, such as a sale, stands in nobody's way.")
        .schema(new StringSchema().example(SOME_TAG));
  }

  private static boolean answersVersions(HandlerMethod endpoint) {
    ResolvableType returned = ResolvableType.forMethodReturnType(endpoint.getMethod());
    ResolvableType body =
        returned.toClass() == ResponseEntity.class ? returned.getGeneric(0) : returned;
    return endpoint.hasMethodAnnotation(BrieflyCached.class)
        || Versioned.class.isAssignableFrom(body.toClass());
  }
}
