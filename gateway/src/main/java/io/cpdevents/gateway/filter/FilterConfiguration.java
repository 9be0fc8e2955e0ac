package io.cpdevents.gateway.filter;

import io.cpdevents.gateway.GatewaySettings;
import io.cpdevents.gateway.callers.RequestsUnderWay;
import io.cpdevents.gateway.callers.RestsUnderWay;
import io.cpdevents.gateway.connections.Arrivals;
import io.cpdevents.gateway.problem.SecurityEvents;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/** Registers the request filter before all other filters, and what follows each answer. */
@Configuration(proxyBeanMethods = false)
class FilterConfiguration {

  @Bean
  FilterRegistrationBean<RequestFilter> requestFilter(
      GatewaySettings settings,
      AllowedOrigins allowedOrigins,
      RateLimiter rateLimiter,
      RequestsUnderWay underWay,
      SecurityEvents securityEvents) {
    FilterRegistrationBean<RequestFilter> registration =
        new FilterRegistrationBean<>(
            new RequestFilter(settings, allowedOrigins, rateLimiter, underWay, securityEvents));
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
    return registration;
  }

  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> restsOfBodies(
      RestsUnderWay rests, Arrivals arrivals) {
    return factory -> factory.addEngineValves(new RestOfBodyValve(rests, arrivals));
  }
}
