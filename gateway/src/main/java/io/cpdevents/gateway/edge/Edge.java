package io.cpdevents.gateway.edge;

import io.cpdevents.gateway.GatewaySettings;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/** Puts the filter before everything else. */
@Configuration(proxyBeanMethods = false)
class Edge {

  @Bean
  FilterRegistrationBean<EdgeFilter> edgeFilter(
      GatewaySettings settings, Origins origins, FloodLimits floods) {
    FilterRegistrationBean<EdgeFilter> registration =
        new FilterRegistrationBean<>(new EdgeFilter(settings, origins, floods));
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
    return registration;
  }
}
