package io.cpdevents.gateway.edge;

import io.cpdevents.gateway.GatewaySettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.cloud.CloudPlatform;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.boot.web.server.autoconfigure.ServerProperties.ForwardHeadersStrategy;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Warns when people reach us over TLS but nobody's address is told to us. The gateway speaks no TLS
 * itself, so there is a proxy, and unless it is believed everybody has the proxy's address: one
 * flooder then locks out all, and limits and log-in lists tell nobody apart.
 */
@Component
class ForwardingWarning implements ApplicationRunner {

  private static final Logger log = LoggerFactory.getLogger(ForwardingWarning.class);

  private final GatewaySettings settings;
  private final ServerProperties server;
  private final Environment environment;

  ForwardingWarning(GatewaySettings settings, ServerProperties server, Environment environment) {
    this.settings = settings;
    this.server = server;
    this.environment = environment;
  }

  @Override
  public void run(ApplicationArguments arguments) {
    if (settings.isHttps() && !believesProxies()) {
      log.warn(
          "CPD_PUBLIC_URL is {}, so a proxy ends TLS before us, but its X-Forwarded-For is ignored:"
              + " ALL CALLERS SHARE ONE ADDRESS AND ITS LIMITS. Set"
              + " SERVER_FORWARD_HEADERS_STRATEGY=native, and"
              + " SERVER_TOMCAT_REMOTEIP_INTERNAL_PROXIES to the proxy's network.",
          settings.publicUrl());
    }
  }

  /** Without a strategy Spring Boot decides by the cloud that it finds itself in. */
  private boolean believesProxies() {
    ForwardHeadersStrategy strategy = server.getForwardHeadersStrategy();
    if (strategy != null) {
      return strategy != ForwardHeadersStrategy.NONE;
    }
    CloudPlatform cloud = CloudPlatform.getActive(environment);
    return cloud != null && cloud.isUsingForwardHeaders();
  }
}
