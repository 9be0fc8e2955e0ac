package io.cpdevents.gateway.pages;

import io.cpdevents.gateway.GatewaySettings;
import io.cpdevents.gateway.routes.Reading;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Serves the gateway's own pages. Where a web app has another origin, people who open their
 * addresses, for example in a mail that was sent before the web app was there, are sent on to it.
 */
@Configuration(proxyBeanMethods = false)
class PageRoutes implements WebMvcConfigurer {

  private static final int CACHE_SECONDS = 3600;

  @Bean
  RouterFunction<ServerResponse> webPages(GatewaySettings settings) {
    return RouterFunctions.route(
        Reading.of(request -> WebPage.at(request.path()) != null),
        pages(settings.webUrl(), settings.publicOrigin()));
  }

  private static HandlerFunction<ServerResponse> pages(@Nullable URI webApp, String publicOrigin) {
    return webApp == null || GatewaySettings.originOf(webApp).equals(publicOrigin)
        ? new OwnPages()
        : request -> sentOn(request, webApp);
  }

  /** Browsers add the fragment, which may hold a token, to the new address by themselves. */
  private static ServerResponse sentOn(ServerRequest request, URI webApp) {
    URI there =
        UriComponentsBuilder.fromUri(webApp)
            .path(request.path())
            .query(request.uri().getRawQuery())
            .build(true)
            .toUri();
    return ServerResponse.status(HttpStatus.FOUND).location(there).build();
  }

  /** Serves the pages' script, style and icon. */
  @Override
  public void addResourceHandlers(ResourceHandlerRegistry registry) {
    registry
        .addResourceHandler("/pages/**")
        .addResourceLocations("classpath:/pages/assets/")
        .setCachePeriod(CACHE_SECONDS);
  }
}
