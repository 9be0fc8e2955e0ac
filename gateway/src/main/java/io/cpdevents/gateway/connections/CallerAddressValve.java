package io.cpdevents.gateway.connections;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

/**
 * Behind Tomcat's {@code RemoteIpValve}, which takes from {@code X-Forwarded-For} the last address
 * that is no trusted proxy's, and reads the header only when such a proxy sends it. What it takes
 * may be anything: here it becomes an address, or is counted as the proxy's own. So limits, shares
 * and records never see two forms of one address, or a text that somebody made up.
 */
public final class CallerAddressValve extends ValveBase {

  private final TrustedProxies proxies;

  /** For the pipeline of the host. */
  public CallerAddressValve(TrustedProxies proxies) {
    super(true);
    this.proxies = proxies;
  }

  @Override
  public void invoke(Request request, Response response) throws IOException, ServletException {
    if (TrustedProxies.haveSent(request)) {
      String proxy = request.getPeerAddr();
      proxies.hasSpoken(proxy);
      String caller = CallerAddress.of(request.getRemoteAddr()).orElse(proxy);
      request.setRemoteAddr(caller);
      request.setRemoteHost(caller);
    }
    getNext().invoke(request, response);
  }
}
