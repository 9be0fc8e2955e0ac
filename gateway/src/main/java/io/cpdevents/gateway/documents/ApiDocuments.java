package io.cpdevents.gateway.documents;

import io.cpdevents.gateway.problem.Refusal;
import io.cpdevents.gateway.routes.Reading;
import io.cpdevents.gateway.upstream.Upstream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Serves the API's one OpenAPI document, the page that shows it, and a page for each code by which
 * the API refuses.
 */
@Configuration(proxyBeanMethods = false)
class ApiDocuments implements WebMvcConfigurer {

  /** What people see who open the API in a browser. */
  private static final URI PAGE = URI.create("/docs");

  private static final String PROBLEMS = "/problems";
  private static final String DOCUMENT = "/v3/api-docs";
  private static final int CACHE_SECONDS = 3600;

  private final String swaggerUiVersion;
  private final MergedDocument document;

  ApiDocuments(
      @Value("${cpd.gateway.swagger-ui-version}") String swaggerUiVersion,
      MergedDocument document) {
    this.swaggerUiVersion = swaggerUiVersion;
    this.document = document;
  }

  /** A document that Swagger UI lists. */
  record Document(String url, String name) {}

  /** What Swagger UI loads first. */
  record SwaggerConfig(List<Document> urls) {}

  @Bean
  RouterFunction<ServerResponse> documents() {
    return RouterFunctions.route()
        .route(Reading.of(DOCUMENT), _ -> json(document.bytes()))
        .route(
            Reading.of(DOCUMENT + "/swagger-config"),
            _ -> ServerResponse.ok().body(new SwaggerConfig(listed())))
        .route(Reading.of(DOCUMENT + "/{service}"), this::ofService)
        .route(Reading.of("/"), _ -> ServerResponse.status(HttpStatus.FOUND).location(PAGE).build())
        .route(
            Reading.of(PAGE.getPath()),
            _ ->
                ServerResponse.ok()
                    .contentType(MediaType.TEXT_HTML)
                    .body(new ClassPathResource("documents/index.html")))
        .route(Reading.of(PROBLEMS), _ -> html(HttpStatus.OK, ProblemPages.all(problems())))
        .route(Reading.of(PROBLEMS + "/{code}"), this::problem)
        .build();
  }

  /** The whole first, which Swagger UI shows; then each service's own. */
  private static List<Document> listed() {
    return Stream.concat(
            Stream.of(new Document(DOCUMENT, "CPD Events")),
            Arrays.stream(Upstream.values())
                .map(Upstream::serviceName)
                .map(name -> new Document(DOCUMENT + "/" + name, name)))
        .toList();
  }

  /** As the service made it; who asks makes it make none. */
  private ServerResponse ofService(ServerRequest request) {
    Upstream service = Upstream.named(request.pathVariable("service"));
    if (service == null) {
      throw Refusal.notFound();
    }
    return json(document.bytesOf(service));
  }

  private static ServerResponse json(byte[] content) {
    return ServerResponse.ok()
        .contentType(MediaType.APPLICATION_JSON)
        .cacheControl(CacheControl.noCache())
        .body(content);
  }

  private ServerResponse problem(ServerRequest request) {
    return problems().stream()
        .filter(each -> each.code().equals(request.pathVariable("code")))
        .findFirst()
        .map(each -> html(HttpStatus.OK, ProblemPages.of(each)))
        .orElseGet(() -> html(HttpStatus.NOT_FOUND, ProblemPages.unknown()));
  }

  private List<ProblemPages.Problem> problems() {
    return document.problems();
  }

  private static ServerResponse html(HttpStatus status, String page) {
    return ServerResponse.status(status)
        .contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8))
        .body(page);
  }

  /** Serves the page, and the files of Swagger UI that it loads. */
  @Override
  public void addResourceHandlers(ResourceHandlerRegistry registry) {
    registry
        .addResourceHandler("/docs/**")
        .addResourceLocations(
            "classpath:/documents/",
            "classpath:/META-INF/resources/webjars/swagger-ui/" + swaggerUiVersion + "/")
        .setCachePeriod(CACHE_SECONDS);
  }
}
