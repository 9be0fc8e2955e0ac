package io.cpdevents.gateway.filter;

import io.cpdevents.gateway.callers.Held;
import io.cpdevents.gateway.callers.RestsUnderWay;
import io.cpdevents.gateway.connections.Arrival;
import io.cpdevents.gateway.connections.Arrivals;
import io.cpdevents.gateway.problem.ProblemBody;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.apache.tomcat.util.net.ApplicationBufferHandler;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/**
 * What is left of a body that nobody has read, because its request was refused. The answer is sent
 * first; then the rest is read, so that its sender receives the refusal and not a connection reset,
 * but only within the bounds of all rests, and as long as it comes at a decent rate: Tomcat would
 * read on for as long as a byte comes every few seconds.
 *
 * <p>For large bodies of who asks for too much nobody waits. Where the rest is not read, the
 * connection ends, and the answer says so as long as it can: a client that did not know would send
 * its next request on it.
 *
 * <p>It is a valve because Tomcat closes a servlet's input together with the answer (bug 50189).
 */
final class RestOfBodyValve extends ValveBase {

  private static final Arrival.Pace PACE =
      new Arrival.Pace(Duration.ofSeconds(10), Duration.ofSeconds(2), 32 * 1024);

  private static final int MAX_BYTES = 32 * 1024 * 1024;
  private static final int MAX_SMALL_BYTES = 64 * 1024;

  /** Statuses of those who are to come again later. */
  private static final Set<Integer> TOO_MUCH =
      Set.of(HttpStatus.TOO_MANY_REQUESTS.value(), HttpStatus.SERVICE_UNAVAILABLE.value());

  /** Lets go of what was read. */
  private static final class Nowhere implements ApplicationBufferHandler {

    private ByteBuffer bytes = ByteBuffer.allocate(0);

    @Override
    public void setByteBuffer(ByteBuffer buffer) {
      bytes = buffer;
    }

    @Override
    public ByteBuffer getByteBuffer() {
      return bytes;
    }

    @Override
    public void expand(int size) {
      // Nothing is kept.
    }
  }

  private final RestsUnderWay restsUnderWay;
  private final Arrivals arrivals;

  RestOfBodyValve(RestsUnderWay restsUnderWay, Arrivals arrivals) {
    super(true);
    this.arrivals = arrivals;
    this.restsUnderWay = restsUnderWay;
  }

  @Override
  public void invoke(Request request, Response response) throws IOException, ServletException {
    try {
      getNext().invoke(request, response);
    } finally {
      // Also of what Tomcat has answered before any filter ran.
      if (!request.isAsync() && !endsAnyway(request)) {
        leaveBody(request, response);
      }
    }
  }

  /** Whether Tomcat could not read even the headers, or the caller has left. */
  private static boolean endsAnyway(Request request) {
    AtomicBoolean error = new AtomicBoolean();
    request.getCoyoteRequest().action(ActionCode.IS_ERROR, error);
    return error.get();
  }

  private void leaveBody(Request request, Response response) {
    boolean givenUp = request.getAttribute(ProblemBody.GIVEN_UP_ATTRIBUTE) != null;
    if (!givenUp && (!isThere(request) || isRead(request, response))) {
      return;
    }
    if (!response.isCommitted()) {
      response.setHeader(HttpHeaders.CONNECTION, "close");
    }
    request.getCoyoteRequest().action(ActionCode.DISABLE_SWALLOW_INPUT, null);
  }

  /** Whether something of it may not have been read. */
  private static boolean isThere(Request request) {
    boolean hasBody =
        request.getContentLengthLong() > 0
            || request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null;
    return hasBody && !request.getCoyoteRequest().isFinished();
  }

  private boolean isRead(Request request, Response response) {
    if (waitsToBeTold(request) || (TOO_MUCH.contains(response.getStatus()) && !isSmall(request))) {
      return false;
    }
    try (Held rest = restsUnderWay.begin(request.getRemoteAddr())) {
      if (rest == null) {
        return false;
      }
      response.finishResponse();
      return arrives(request);
    } catch (IOException gone) {
      return false;
    }
  }

  /** Whether its sender has sent nothing of it before an answer. */
  private static boolean waitsToBeTold(Request request) {
    org.apache.coyote.Request sent = request.getCoyoteRequest();
    return sent.hasExpectation() && sent.getBytesRead() == 0;
  }

  /** Whether its announced length is so little that its sender has sent it at once. */
  private static boolean isSmall(Request request) {
    long bytes = request.getContentLengthLong();
    return bytes >= 0 && bytes <= MAX_SMALL_BYTES;
  }

  /** Reads it to its end; false when that takes too long, or there is too much of it. */
  private boolean arrives(Request request) throws IOException {
    org.apache.coyote.Request sent = request.getCoyoteRequest();
    Nowhere nowhere = new Nowhere();
    try (Arrival rest = arrivals.begin(request, PACE)) {
      for (int read = sent.doRead(nowhere); read >= 0; read = sent.doRead(nowhere)) {
        rest.add(read);
        if (rest.bytes() > MAX_BYTES || rest.isTooSlow()) {
          return false;
        }
      }
    }
    return true;
  }
}
