package io.cpdevents.gateway.documents;

import io.cpdevents.gateway.upstream.Upstream;
import java.util.Arrays;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

/** Serves one page that shows the OpenAPI documents of all services. */
@Configuration(proxyBeanMethods = false)
class ApiDocuments implements WebMvcConfigurer {

  private static final int CACHE_SECONDS = 3600;
  private static final List<Document> ALL =
      Arrays.stream(Upstream.values())
          .map(Upstream::serviceName)
          .map(name -> new Document("/v3/api-docs/" + name, name))
          .toList();

  private final String swaggerUiVersion;

  ApiDocuments(@Value("${cpd.gateway.swagger-ui-version}") String swaggerUiVersion) {
    this.swaggerUiVersion = swaggerUiVersion;
  }

  /** One service's document. */
  record Document(String url, String name) {}

  /** What Swagger UI loads first. */
  record SwaggerConfig(List<Document> urls) {}

  @Bean
  RouterFunction<ServerResponse> documents() {
    return RouterFunctions.route()
        .route(
            Reading.of("/v3/api-docs/swagger-config"),
            _ -> ServerResponse.ok().body(new SwaggerConfig(ALL)))
        .route(
            Reading.of("/docs"),
            _ ->
                ServerResponse.ok()
                    .contentType(MediaType.TEXT_HTML)
                    .body(new ClassPathResource("documents/index.html")))
        .build();
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
