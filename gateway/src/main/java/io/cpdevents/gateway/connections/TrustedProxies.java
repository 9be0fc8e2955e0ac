package io.cpdevents.gateway.connections;

import org.springframework.boot.cloud.CloudPlatform;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.boot.web.server.autoconfigure.ServerProperties.ForwardHeadersStrategy;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Whether callers come through proxies, whose headers say where each caller really is. */
@Component
public class TrustedProxies {

  private final ServerProperties server;
  private final Environment environment;

  TrustedProxies(ServerProperties server, Environment environment) {
    this.server = server;
    this.environment = environment;
  }

  /** Without a strategy, Spring Boot decides by the cloud platform that it detects. */
  public boolean areThere() {
    ForwardHeadersStrategy strategy = server.getForwardHeadersStrategy();
    if (strategy != null) {
      return strategy != ForwardHeadersStrategy.NONE;
    }
    CloudPlatform cloud = CloudPlatform.getActive(environment);
    return cloud != null && cloud.isUsingForwardHeaders();
  }
}
