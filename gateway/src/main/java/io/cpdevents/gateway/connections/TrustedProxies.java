package io.cpdevents.gateway.connections;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.catalina.Globals;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.boot.web.server.autoconfigure.ServerProperties.ForwardHeadersStrategy;
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
  private final boolean areThere;

  /**
   * Refuses to start with what would believe anybody, or nobody knows whom: {@code framework} has
   * Spring take the first address of the header, from whoever sends it; without a strategy Spring
   * Boot decides by the cloud platform that it detects.
   */
  TrustedProxies(ServerProperties server) {
    ForwardHeadersStrategy strategy = server.getForwardHeadersStrategy();
    this.areThere = strategy == ForwardHeadersStrategy.NATIVE;
    if (!areThere && strategy != ForwardHeadersStrategy.NONE) {
      throw new IllegalArgumentException(
          "SERVER_FORWARD_HEADERS_STRATEGY must be native, behind a proxy whose network is in"
              + " SERVER_TOMCAT_REMOTEIP_INTERNAL_PROXIES, or none: anything else lets callers"
              + " give themselves any address");
    }
  }

  /** Whether the operator has said so. */
  public boolean areThere() {
    return areThere;
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
