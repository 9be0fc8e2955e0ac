package io.cpdevents.e2e.chaos;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A crowd from one address that sends the rest of its requests byte by byte. Who is thrown out
 * comes again, a few each moment, so that the crowd stays as large as it is let.
 */
final class SlowCallers implements AutoCloseable {

  /**
   * What they do.
   *
   * @param address of this machine (127.0.0.0/8), which they come from
   * @param begin what they send at once
   * @param every how often they send another byte
   */
  record Kind(int callers, String address, String begin, Duration every) {

    /**
     * How many come at once. What has its headers counts for the rate of an address, and who has
     * used that up is refused before anything waits for a body.
     */
    private int first() {
      return begin.contains("\r\n\r\n") ? Math.min(callers, MAX_REQUESTS_AT_ONCE) : callers;
    }
  }

  /** Below the burst that the gateway lets an address have. */
  private static final int MAX_REQUESTS_AT_ONCE = 200;

  /** Below the rate at which the gateway limits an address by itself. */
  private static final int MAX_CONNECTIONS_PER_LOOK = 8;

  private static final Duration LOOK_INTERVAL = Duration.ofMillis(100);

  private final InetSocketAddress gateway;
  private final Kind kind;
  private final List<Caller> callers = new ArrayList<>();
  private final Thread thread;
  private volatile boolean running = true;
  private volatile int open;
  private volatile int thrownOut;

  private SlowCallers(URI gateway, Kind kind) {
    this.gateway = new InetSocketAddress("127.0.0.1", gateway.getPort());
    this.kind = kind;
    for (int i = 0; i < kind.callers(); i++) {
      Caller caller = new Caller();
      callers.add(caller);
      if (i < kind.first()) {
        caller.comes();
      }
    }
    this.thread = Thread.ofPlatform().name("slow callers").start(this::attack);
  }

  /** All of them come; whoever calls this closes it. */
  static SlowCallers at(String gatewayUrl, Kind kind) {
    return new SlowCallers(URI.create(gatewayUrl), kind);
  }

  /** How many have a connection now. */
  int open() {
    return open;
  }

  /** How often one of them lost its connection. */
  int thrownOut() {
    return thrownOut;
  }

  @Override
  public void close() {
    running = false;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    callers.forEach(Caller::goes);
  }

  private void attack() {
    while (running) {
      int coming = 0;
      int there = 0;
      for (Caller caller : callers) {
        if (caller.isConnected()) {
          there++;
        } else if (coming < MAX_CONNECTIONS_PER_LOOK) {
          coming++;
          if (caller.hasCome) {
            thrownOut++;
          }
          caller.comes();
        }
      }
      open = there;
      try {
        Thread.sleep(LOOK_INTERVAL);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private final class Caller {

    private final ByteBuffer answer = ByteBuffer.allocate(1024);
    private @Nullable SocketChannel connection;
    private long sentNanos;
    private boolean hasCome;

    void comes() {
      hasCome = true;
      goes();
      try {
        SocketChannel channel = SocketChannel.open();
        channel.bind(new InetSocketAddress(InetAddress.ofLiteral(kind.address()), 0));
        channel.connect(gateway);
        channel.configureBlocking(false);
        connection = channel;
        sends(kind.begin());
      } catch (IOException e) {
        goes();
      }
    }

    /** Sends the next byte when it is time; false when the connection was closed. */
    boolean isConnected() {
      SocketChannel channel = connection;
      if (channel == null) {
        return false;
      }
      try {
        answer.clear();
        if (channel.read(answer) < 0) {
          goes();
          return false;
        }
        if (System.nanoTime() - sentNanos > kind.every().toNanos()) {
          sends("x");
        }
        return true;
      } catch (IOException e) {
        goes();
        return false;
      }
    }

    private void sends(String text) throws IOException {
      SocketChannel channel = connection;
      if (channel != null) {
        channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
        sentNanos = System.nanoTime();
      }
    }

    void goes() {
      SocketChannel channel = connection;
      connection = null;
      if (channel != null) {
        try {
          channel.close();
        } catch (IOException e) {
          throw new java.io.UncheckedIOException(e);
        }
      }
    }
  }
}
