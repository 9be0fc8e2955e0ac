package io.cpdevents.gateway.connections;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.catalina.Globals;
import org.springframework.boot.cloud.CloudPlatform;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.boot.web.server.autoconfigure.ServerProperties.ForwardHeadersStrategy;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Whether callers come through proxies, whose headers say where each caller really is. Which they
 * are, Tomcat decides by its own setting: here is known which have spoken for somebody.
 */
@Component
public class TrustedProxies {

  /** Far more than there are. */
  private static final int MAX_PROXIES = 1_000;

  private final Set<String> known = ConcurrentHashMap.newKeySet();
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

  /** Whether the connection that the request comes over is a trusted proxy's. */
  public static boolean haveSent(HttpServletRequest request) {
    return request.getAttribute(Globals.REQUEST_FORWARDED_ATTRIBUTE) != null;
  }

  void hasSpoken(String proxy) {
    if (known.size() < MAX_PROXIES) {
      known.add(proxy);
    }
  }

  /** Whether the connections of this address are those of many callers. */
  boolean include(String address) {
    return known.contains(address);
  }
}
