package io.cpdevents.gateway.connections;

import io.cpdevents.gateway.callers.Lately;
import io.cpdevents.gateway.callers.Network;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import org.apache.coyote.AbstractProcessor;
import org.apache.coyote.Constants;
import org.apache.coyote.Request;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.SocketBufferHandler;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tomcat's connections with bounds that Tomcat does not have: how many of them one network may
 * hold, how long a caller may take in all to send a request's headers and its body, and how slowly
 * it may take an answer. Tomcat's own time-outs begin anew with every byte, so a caller that sends
 * or takes one every few seconds keeps its connection for as long as it likes.
 *
 * <p>Where a network has its share, or all connections are taken, who comes next gets the place of
 * whoever has waited longest without having asked for anything. So a crowd that sends its headers
 * slowly keeps nobody out, neither those behind its own address nor others: each of them is served
 * in much less time than a whole crowd needs to connect.
 */
final class BoundedEndpoint extends NioEndpoint {

  private static final Logger log = LoggerFactory.getLogger(BoundedEndpoint.class);

  /** As Tomcat names it. */
  private static final String HTTP = "http/1.1";

  private static final Duration MAX_HEADERS_TIME = Duration.ofSeconds(10);

  private static final Duration LOOK_INTERVAL = Duration.ofMillis(500);

  /** How long after it came a connection is not closed for the next one: its request arrives. */
  private static final Duration MIN_STAY_TIME = Duration.ofMillis(100);

  private static final Duration ROOM_INTERVAL = Duration.ofMillis(10);

  private final Lately keptWaiting = new Lately();
  private volatile @Nullable TrustedProxies proxies;
  private volatile Arrivals arrivals = new Arrivals();
  private volatile Connections.Counters counters =
      new Connections.Counters(new SimpleMeterRegistry());

  void bound(TrustedProxies proxies, Arrivals arrivals, Connections.Counters counters) {
    this.proxies = proxies;
    this.arrivals = arrivals;
    this.counters = counters;
  }

  /** Whether somebody had to wait to be accepted, or would have to now. */
  boolean keepsCallersWaiting() {
    return keptWaiting.isSo();
  }

  @Override
  public void startInternal() throws Exception {
    super.startInternal();
    Thread.ofVirtual().name("slow-callers").start(this::watch);
  }

  /** Called before the next connection is accepted. */
  @Override
  protected void countUpOrAwaitConnection() throws InterruptedException {
    while (isRunning() && areAllTaken() && !makeRoom(_ -> true, MIN_STAY_TIME)) {
      if (!isAnyWaiting()) {
        keptWaiting.happens();
      }
      // Whoever is served now may ask for nothing in a moment, and would keep the next one waiting.
      Thread.sleep(ROOM_INTERVAL);
    }
    super.countUpOrAwaitConnection();
  }

  private boolean areAllTaken() {
    return getMaxConnections() > 0 && getConnectionCount() >= getMaxConnections();
  }

  /** What is answered false has been closed already. */
  @Override
  protected boolean setSocketOptions(SocketChannel socket) {
    if (!getsPlace(socket)) {
      counters.connectionClosed();
      destroySocket(socket);
      return false;
    }
    return super.setSocketOptions(socket);
  }

  /**
   * One network may have half of all connections, so that no caller takes all. A proxy may have
   * all: until it has sent a request it is not known as one, and so many it has only by sending.
   */
  private boolean getsPlace(SocketChannel socket) {
    int share = getMaxConnections() / 2;
    if (getConnectionCount() <= share) {
      return true;
    }
    try {
      if (!(socket.getRemoteAddress() instanceof InetSocketAddress caller)) {
        return true;
      }
      String address = caller.getAddress().getHostAddress();
      TrustedProxies trusted = proxies;
      if (trusted == null || trusted.include(address)) {
        return true;
      }
      String network = Network.of(address);
      Predicate<SocketWrapperBase<NioChannel>> same = each -> network.equals(networkOf(each));
      return getConnections().stream().filter(same).count() < share
          || makeRoom(same, Duration.ZERO);
    } catch (IOException gone) {
      return false;
    }
  }

  /** Closes the one of these that has waited longest; false when none has waited so long. */
  private boolean makeRoom(Predicate<SocketWrapperBase<NioChannel>> which, Duration minWait) {
    List<SocketWrapperBase<NioChannel>> longestFirst =
        getConnections().stream()
            .filter(which)
            .map(each -> Map.entry(each, waited(each)))
            .filter(each -> each.getValue().compareTo(minWait) >= 0)
            .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
            .map(Map.Entry::getKey)
            .toList();
    boolean isClosed =
        longestFirst.stream()
                .filter(BoundedEndpoint::isListenedTo)
                .anyMatch(BoundedEndpoint::closeIfWaiting)
            || longestFirst.stream().anyMatch(BoundedEndpoint::closeIfWaiting);
    if (isClosed) {
      counters.connectionClosed();
    }
    return isClosed;
  }

  /** A thread that serves a connection has its lock. */
  private static boolean closeIfWaiting(SocketWrapperBase<NioChannel> connection) {
    if (!connection.getLock().tryLock()) {
      return false;
    }
    try {
      if (connection.isClosed()) {
        return false;
      }
      connection.close();
      return true;
    } finally {
      connection.getLock().unlock();
    }
  }

  /**
   * Whether Tomcat has begun to listen to it, for which it stands in a queue until then. Where
   * there is another, that one is closed: of one in the queue Tomcat would tell the log, with a
   * stack trace each time.
   */
  private static boolean isListenedTo(SocketWrapperBase<NioChannel> connection) {
    SocketChannel socket = connection.getSocket().getIOChannel();
    return socket != null && socket.isRegistered();
  }

  /** Whether one of them asks for nothing, so that it will make room in a moment. */
  private boolean isAnyWaiting() {
    for (SocketWrapperBase<NioChannel> connection : getConnections()) {
      if (connection.getLock().tryLock()) {
        connection.getLock().unlock();
        return true;
      }
    }
    return false;
  }

  /** For how long: since its headers began, or else since anything came. */
  private static Duration waited(SocketWrapperBase<NioChannel> connection) {
    if (connection.getCurrentProcessor() instanceof AbstractProcessor processor) {
      long begunNanos = processor.getRequest().getStartTimeNanos();
      if (begunNanos != -1) {
        return Duration.ofNanos(System.nanoTime() - begunNanos);
      }
    }
    return connection.getSocket() instanceof CountedChannel channel
        ? Duration.ofNanos(System.nanoTime() - channel.heardNanos())
        : Duration.ZERO;
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
        getConnections().forEach(this::endIfAnswerIsTakenTooSlowly);
        if (!arrivals.areNone()) {
          getConnections().forEach(this::endIfBodyArrivesTooSlowly);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (RuntimeException | OutOfMemoryError e) {
        // The one thread that looks goes on, most of all when memory is short.
        log.error("Slow callers cannot be looked for", e);
      }
    }
  }

  @Override
  protected NioChannel createChannel(SocketBufferHandler buffers) {
    return new CountedChannel(buffers);
  }

  private void endIfAnswerIsTakenTooSlowly(SocketWrapperBase<NioChannel> connection) {
    if (connection.getSocket() instanceof CountedChannel channel
        && channel.isTakenTooSlowly(isAnswerBlocked(connection), System.nanoTime())) {
      counters.answerTooSlow();
      cutAnswer(connection, channel);
    }
  }

  private static boolean isAnswerBlocked(SocketWrapperBase<NioChannel> connection) {
    return connection instanceof NioSocketWrapper nio && nio.interestOpsHas(SelectionKey.OP_WRITE);
  }

  /** The thread that waits for the caller is woken, and gets an error from its next write. */
  private static void cutAnswer(SocketWrapperBase<NioChannel> connection, CountedChannel channel) {
    try {
      channel.getIOChannel().shutdownOutput();
    } catch (IOException gone) {
      connection.close();
    }
  }

  private void endIfBodyArrivesTooSlowly(SocketWrapperBase<NioChannel> connection) {
    if (connection.getSocket() instanceof CountedChannel channel) {
      arrivals.endIfTooSlow(idOf(connection), () -> giveUp(channel));
    }
  }

  private static String idOf(SocketWrapperBase<NioChannel> connection) {
    return connection.getServletConnection(HTTP, "").getConnectionId();
  }

  /**
   * Ends the request of one of these connections: of those that are kept waiting by their callers,
   * who send a body or take an answer, the slowest.
   */
  boolean endSlowest(Predicate<String> which) {
    SocketWrapperBase<NioChannel> slowest = null;
    double leastRate = Slowness.MAX_BYTES_PER_SECOND;
    for (SocketWrapperBase<NioChannel> connection : getConnections()) {
      OptionalDouble rate = rateOf(connection);
      if (rate.isPresent() && rate.getAsDouble() < leastRate && which.test(idOf(connection))) {
        slowest = connection;
        leastRate = rate.getAsDouble();
      }
    }
    if (slowest == null || !(slowest.getSocket() instanceof CountedChannel channel)) {
      return false;
    }
    if (isAnswerBlocked(slowest)) {
      counters.answerTooSlow();
      cutAnswer(slowest, channel);
      return true;
    }
    return arrivals.end(idOf(slowest), () -> giveUp(channel));
  }

  /** How fast its caller sends or takes what it is waited for; empty where that is not so. */
  private OptionalDouble rateOf(SocketWrapperBase<NioChannel> connection) {
    if (!(connection.getSocket() instanceof CountedChannel channel) || channel.isGivenUp()) {
      return OptionalDouble.empty();
    }
    return isAnswerBlocked(connection)
        ? channel.takenBytesPerSecond(System.nanoTime())
        : arrivals.bytesPerSecond(idOf(connection));
  }

  private static void giveUp(CountedChannel channel) {
    try {
      channel.giveUp();
    } catch (IOException gone) {
      log.debug("A caller left before its body was given up", gone);
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
