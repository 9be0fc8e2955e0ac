package io.cpdevents.gateway.connections;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.coyote.ActionCode;
import org.apache.coyote.Adapter;
import org.apache.coyote.Request;
import org.apache.coyote.Response;
import org.apache.tomcat.util.http.Method;
import org.apache.tomcat.util.net.SocketEvent;

/**
 * Tomcat's adapter with two bounds. Whatever answers a request, and be it Tomcat itself before any
 * valve or filter: what is then left of its body is not read by Tomcat, which would do so for as
 * long as a byte comes every few seconds, but its connection ends. And {@code OPTIONS *}, which
 * Tomcat answers by itself, takes the way of all other requests.
 */
final class BoundedAdapter implements Adapter {

  private static final byte[] WHOLE_SERVER =
      BoundedProtocol.WHOLE_SERVER_PATH.getBytes(StandardCharsets.US_ASCII);

  private final Adapter tomcat;

  BoundedAdapter(Adapter tomcat) {
    this.tomcat = tomcat;
  }

  @Override
  public void service(Request request, Response response) throws Exception {
    if (Method.OPTIONS.equals(request.getMethod()) && request.requestURI().equals("*")) {
      request.requestURI().setBytes(WHOLE_SERVER, 0, WHOLE_SERVER.length);
    }
    tomcat.service(request, response);
    endUnlessRead(request);
  }

  @Override
  public boolean asyncDispatch(Request request, Response response, SocketEvent event)
      throws Exception {
    boolean goesOn = tomcat.asyncDispatch(request, response, event);
    endUnlessRead(request);
    return goesOn;
  }

  private static void endUnlessRead(Request request) {
    AtomicBoolean isAsync = new AtomicBoolean();
    request.action(ActionCode.ASYNC_IS_ASYNC, isAsync);
    if (!isAsync.get() && !request.isFinished()) {
      request.action(ActionCode.DISABLE_SWALLOW_INPUT, null);
    }
  }

  @Override
  public boolean prepare(Request request, Response response) throws Exception {
    return tomcat.prepare(request, response);
  }

  @Override
  public void log(Request request, Response response, long nanos) {
    tomcat.log(request, response, nanos);
  }

  @Override
  public void checkRecycled(Request request, Response response) {
    tomcat.checkRecycled(request, response);
  }

  @Override
  public String getDomain() {
    return tomcat.getDomain();
  }
}
