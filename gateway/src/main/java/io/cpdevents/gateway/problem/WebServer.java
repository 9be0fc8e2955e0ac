package io.cpdevents.gateway.problem;

import io.cpdevents.gateway.GatewaySettings;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardHost;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Tomcat, without pages of its own and with the management port beside the public one. */
@Configuration(proxyBeanMethods = false)
class WebServer {

  /** Of each connection, also of an idle one, to read and to write; Tomcat's own choice is 8 KB. */
  private static final String BUFFER_BYTES = "4096";

  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> problemsForPages(
      GatewaySettings settings) {
    return factory -> {
      factory.addContextCustomizers(context -> {
        if (context.getParent() instanceof StandardHost host) {
          host.setErrorReportValveClass(ProblemValve.class.getName());
        }
      });
      factory.addConnectorCustomizers(connector -> {
        connector.setProperty("socket.appReadBufSize", BUFFER_BYTES);
        connector.setProperty("socket.appWriteBufSize", BUFFER_BYTES);
      });
      if (settings.managementPort() > 0) {
        Connector management = new Connector(TomcatServletWebServerFactory.DEFAULT_PROTOCOL);
        management.setPort(settings.managementPort());
        factory.addAdditionalConnectors(management);
      }
    };
  }
}
