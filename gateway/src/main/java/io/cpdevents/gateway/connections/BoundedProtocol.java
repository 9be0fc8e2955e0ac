package io.cpdevents.gateway.connections;

import org.apache.coyote.Adapter;
import org.apache.coyote.http11.Http11NioProtocol;

/**
 * Tomcat's HTTP/1.1 over {@link BoundedEndpoint}. Tomcat makes it by its class's name, hence the
 * public constructor without arguments.
 */
public final class BoundedProtocol extends Http11NioProtocol {

  /** What {@code OPTIONS *} asks about, as a path of ours; it leads nowhere. */
  public static final String WHOLE_SERVER_PATH = "/*";

  private final BoundedEndpoint endpoint;

  /** For {@code TomcatServletWebServerFactory.setProtocol}. */
  public BoundedProtocol() {
    this(new BoundedEndpoint());
  }

  private BoundedProtocol(BoundedEndpoint endpoint) {
    super(endpoint);
    this.endpoint = endpoint;
  }

  @Override
  public void setAdapter(Adapter adapter) {
    super.setAdapter(new BoundedAdapter(adapter));
  }

  BoundedEndpoint endpoint() {
    return endpoint;
  }
}
