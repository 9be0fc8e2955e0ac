package io.cpdevents.gateway.connections;

import org.apache.coyote.http11.Http11NioProtocol;

/**
 * Tomcat's HTTP/1.1 over {@link BoundedEndpoint}. Tomcat makes it by its class's name, hence the
 * public constructor without arguments.
 */
public final class BoundedProtocol extends Http11NioProtocol {

  private final BoundedEndpoint endpoint;

  /** For {@code TomcatServletWebServerFactory.setProtocol}. */
  public BoundedProtocol() {
    this(new BoundedEndpoint());
  }

  private BoundedProtocol(BoundedEndpoint endpoint) {
    super(endpoint);
    this.endpoint = endpoint;
  }

  BoundedEndpoint endpoint() {
    return endpoint;
  }
}
