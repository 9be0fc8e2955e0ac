package io.cpdevents.gateway.routes;

import io.cpdevents.gateway.GatewaySettings;
import io.cpdevents.gateway.sessions.SessionGate;
import io.cpdevents.gateway.upstream.Upstream;
import io.cpdevents.gateway.upstream.UpstreamCalls;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the forwarding servlet where the route table may lead somewhere. */
@Configuration(proxyBeanMethods = false)
class Routes {

  @Bean
  ServletRegistrationBean<ForwardingServlet> forwardingServlet(
      UpstreamCalls calls, SessionGate sessions, GatewaySettings settings, MeterRegistry meters) {
    ServletRegistrationBean<ForwardingServlet> registration =
        new ServletRegistrationBean<>(
            new ForwardingServlet(calls, sessions, settings, meters), "/api/*", "/webhooks/*");
    for (Upstream upstream : Upstream.values()) {
      registration.addUrlMappings("/v3/api-docs/" + upstream.serviceName());
    }
    registration.setLoadOnStartup(1);
    return registration;
  }
}
