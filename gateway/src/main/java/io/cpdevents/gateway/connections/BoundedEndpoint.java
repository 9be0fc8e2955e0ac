package io.cpdevents.gateway.connections;

import io.cpdevents.gateway.callers.Network;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.apache.coyote.AbstractProcessor;
import org.apache.coyote.Constants;
import org.apache.coyote.Request;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tomcat's connections with two bounds that Tomcat does not have: how many of them one network may
 * hold, and how long a caller may take in all to send a request's headers. Tomcat's own time-outs
 * begin anew with every byte, so a caller that sends one byte every few seconds keeps its
 * connection for as long as it likes.
 */
final class BoundedEndpoint extends NioEndpoint {

  private static final Logger log = LoggerFactory.getLogger(BoundedEndpoint.class);

  private static final Duration MAX_HEADERS_TIME = Duration.ofSeconds(10);

  private static final Duration LOOK_INTERVAL = Duration.ofMillis(500);

  private volatile boolean byNetwork;
  private volatile Connections.Counters counters =
      new Connections.Counters(new SimpleMeterRegistry());

  void bound(boolean byNetwork, Connections.Counters counters) {
    this.byNetwork = byNetwork;
    this.counters = counters;
  }

  @Override
  public void startInternal() throws Exception {
    super.startInternal();
    Thread.ofVirtual().name("slow-callers").start(this::watch);
  }

  /** What is answered false has been closed already. */
  @Override
  protected boolean setSocketOptions(SocketChannel socket) {
    if (byNetwork && isShareTaken(socket)) {
      counters.connectionRefused();
      destroySocket(socket);
      return false;
    }
    return super.setSocketOptions(socket);
  }

  /** One network may have half of all connections, so that no caller takes all. */
  private boolean isShareTaken(SocketChannel socket) {
    int share = getMaxConnections() / 2;
    if (getConnectionCount() <= share) {
      return false;
    }
    try {
      if (!(socket.getRemoteAddress() instanceof InetSocketAddress caller)) {
        return false;
      }
      String network = Network.of(caller.getAddress().getHostAddress());
      return getConnections().stream().filter(each -> network.equals(networkOf(each))).count()
          >= share;
    } catch (IOException gone) {
      return true;
    }
  }

  private static String networkOf(SocketWrapperBase<NioChannel> connection) {
    String address = connection.getRemoteAddr();
    return address == null ? "" : Network.of(address);
  }

  private void watch() {
    while (isRunning()) {
      try {
        Thread.sleep(LOOK_INTERVAL);
        getConnections().forEach(this::endIfTooSlow);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (RuntimeException e) {
        log.error("Slow callers cannot be looked for", e);
      }
    }
  }

  private void endIfTooSlow(SocketWrapperBase<NioChannel> connection) {
    if (!(connection.getCurrentProcessor() instanceof AbstractProcessor processor)) {
      // Nothing of a request has arrived, or a thread has it: both have time-outs of their own.
      return;
    }
    Request request = processor.getRequest();
    long begunNanos = request.getStartTimeNanos();
    if (begunNanos == -1) {
      return;
    }
    Duration age = Duration.ofNanos(System.nanoTime() - begunNanos);
    int stage = request.getRequestProcessor().getStage();
    // Between two parts of its headers a request is said to have ended.
    boolean isArriving = stage == Constants.STAGE_PARSE || stage == Constants.STAGE_ENDED;
    if (isArriving && age.compareTo(MAX_HEADERS_TIME) > 0) {
      counters.headersTooSlow();
      processSocket(connection, SocketEvent.ERROR, true);
    }
  }
}
