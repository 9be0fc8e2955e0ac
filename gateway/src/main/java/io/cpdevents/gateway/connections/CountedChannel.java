package io.cpdevents.gateway.connections;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint.NioSocketWrapper;
import org.apache.tomcat.util.net.SocketBufferHandler;

/** A connection's channel that knows when its caller was heard, and how fast it takes answers. */
final class CountedChannel extends NioChannel {

  /** Longer than a phone needs to change its cell. */
  static final Duration MAX_START_TIME = Duration.ofSeconds(15);

  static final int MIN_BYTES_PER_SECOND = 4 * 1024;

  private static final long NOT_BLOCKED = -1;

  private final AtomicLong sentBytes = new AtomicLong();
  private volatile long heardNanos = System.nanoTime();
  private volatile boolean givenUp;

  // Only who watches the connections writes these.
  private volatile long blockedSinceNanos = NOT_BLOCKED;
  private volatile long sentBytesThen;

  CountedChannel(SocketBufferHandler buffers) {
    super(buffers);
  }

  /** Channels are used again for other connections. */
  @Override
  public void reset(SocketChannel channel, NioSocketWrapper connection) throws IOException {
    super.reset(channel, connection);
    sentBytes.set(0);
    heardNanos = System.nanoTime();
    givenUp = false;
    blockedSinceNanos = NOT_BLOCKED;
  }

  @Override
  public int read(ByteBuffer bytes) throws IOException {
    int read = givenUp ? -1 : super.read(bytes);
    if (read > 0) {
      heardNanos = System.nanoTime();
    }
    if (read < 0 && givenUp) {
      throw new SocketTimeoutException("What was read came too slowly");
    }
    return read;
  }

  /** Whoever reads is woken, and told as by Tomcat's own time-outs that it took too long. */
  void giveUp() throws IOException {
    givenUp = true;
    getIOChannel().shutdownInput();
  }

  /** When its caller has last sent anything, or has come. */
  long heardNanos() {
    return heardNanos;
  }

  @Override
  public int write(ByteBuffer bytes) throws IOException {
    int written = super.write(bytes);
    sentBytes.addAndGet(Math.max(0, written));
    return written;
  }

  /**
   * Whether its caller takes an answer so slowly that it only keeps a place from others; told once.
   *
   * @param isBlocked whether somebody waits for the caller to take something now
   */
  boolean isTakenTooSlowly(boolean isBlocked, long nowNanos) {
    if (!isBlocked) {
      blockedSinceNanos = NOT_BLOCKED;
      return false;
    }
    if (blockedSinceNanos == NOT_BLOCKED) {
      blockedSinceNanos = nowNanos;
      sentBytesThen = sentBytes.get();
      return false;
    }
    boolean tooSlowly =
        isTooSlow(Duration.ofNanos(nowNanos - blockedSinceNanos), sentBytes.get() - sentBytesThen);
    if (tooSlowly) {
      blockedSinceNanos = NOT_BLOCKED;
    }
    return tooSlowly;
  }

  /** How fast its caller takes an answer; empty when nobody waits for that, or not for long. */
  OptionalDouble takenBytesPerSecond(long nowNanos) {
    long sinceNanos = blockedSinceNanos;
    return sinceNanos == NOT_BLOCKED
        ? OptionalDouble.empty()
        : Slowness.bytesPerSecond(sinceNanos, nowNanos, sentBytes.get() - sentBytesThen);
  }

  /** Whether what comes from its caller was given up already. */
  boolean isGivenUp() {
    return givenUp;
  }

  static boolean isTooSlow(Duration since, long bytes) {
    long measuredMillis = since.minus(MAX_START_TIME).toMillis();
    return measuredMillis > 0 && bytes < measuredMillis * MIN_BYTES_PER_SECOND / 1000;
  }
}
