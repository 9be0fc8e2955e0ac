package io.cpdevents.gateway.problem;

import io.cpdevents.gateway.GatewaySettings;
import io.cpdevents.gateway.connections.BoundedProtocol;
import io.cpdevents.gateway.connections.CallerAddressValve;
import io.cpdevents.gateway.connections.Connections;
import io.cpdevents.gateway.connections.TrustedProxies;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardHost;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Configures Tomcat: problems in place of its error pages, buffers, and the management port. */
@Configuration(proxyBeanMethods = false)
class WebServerConfiguration {

  /**
   * Even idle connections have a read and a write buffer of this size; Tomcat's default is 8 KB.
   */
  private static final String CONNECTION_BUFFER_BYTES = "4096";

  /** How long Tomcat waits for the next part of a body. */
  private static final String MAX_BODY_SILENCE_MILLIS = "5000";

  /** None: what Tomcat reads of them is no part of the body, and so takes no time from it. */
  private static final String MAX_CHUNK_EXTENSION_BYTES = "0";

  /** The line that ends a body in chunks, and so no trailers. */
  private static final String MAX_TRAILER_BYTES = "2";

  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> tomcat(
      GatewaySettings settings,
      Connections connections,
      TrustedProxies proxies,
      SecurityEvents securityEvents) {
    return factory -> {
      factory.setProtocol(BoundedProtocol.class.getName());
      factory.addContextCustomizers(context -> {
        if (context.getParent() instanceof StandardHost host) {
          // Tomcat adds no valve of its own when one of this class is there.
          host.setErrorReportValveClass(ProblemValve.class.getName());
          host.getPipeline().addValve(new ProblemValve(settings.publicUrl(), securityEvents));
          host.getPipeline().addValve(new CallerAddressValve(proxies));
        }
      });
      factory.addConnectorCustomizers(connector -> {
        connector.setProperty("socket.appReadBufSize", CONNECTION_BUFFER_BYTES);
        connector.setProperty("socket.appWriteBufSize", CONNECTION_BUFFER_BYTES);
        connector.setProperty("disableUploadTimeout", "false");
        connector.setProperty("connectionUploadTimeout", MAX_BODY_SILENCE_MILLIS);
        connector.setProperty("maxExtensionSize", MAX_CHUNK_EXTENSION_BYTES);
        connector.setProperty("maxTrailerSize", MAX_TRAILER_BYTES);
        // Who asks before it sends a body is told to send it when somebody wants it.
        connector.setProperty("continueResponseTiming", "onRead");
        connections.bound(connector);
        // The request filter refuses it like other methods, with a trace and our list of methods.
        connector.setAllowTrace(true);
      });
      if (settings.managementPort() > 0) {
        Connector management = new Connector(TomcatServletWebServerFactory.DEFAULT_PROTOCOL);
        management.setPort(settings.managementPort());
        factory.addAdditionalConnectors(management);
      }
    };
  }
}
