package io.cpdevents.e2e.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.driver.Wait;
import io.cpdevents.platform.test.servers.SupervisedProcess;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * What stands before several instances in production: each connection goes to one that has said not
 * long ago that it is ready. It knows nothing of requests.
 */
final class Balancer implements AutoCloseable {

  private static final Duration PROBE_INTERVAL = Duration.ofMillis(250);
  private static final Duration MAX_PROBE_TIME = Duration.ofSeconds(1);
  private static final Duration MAX_START_TIME = Duration.ofMinutes(2);
  private static final Duration MAX_LEAVE_TIME = Duration.ofSeconds(3);
  private static final Duration MAX_END_TIME = Duration.ofSeconds(30);
  private static final int MAX_CONNECT_MILLIS = 1_000;
  private static final int BACKLOG = 256;
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final ServerSocket door;
  private final ScheduledExecutorService probes = Executors.newSingleThreadScheduledExecutor();
  private final Set<Integer> instances = ConcurrentHashMap.newKeySet();
  private final Set<Integer> ready = ConcurrentHashMap.newKeySet();

  Balancer() {
    try {
      this.door = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.startVirtualThread(this::accept);
    var _ =
        probes.scheduleWithFixedDelay(
            () -> instances.forEach(this::probe),
            0,
            PROBE_INTERVAL.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  String url() {
    return "http://127.0.0.1:" + door.getLocalPort();
  }

  /** Waits until the instances at these ports get connections. */
  void has(int... ports) {
    instances.addAll(IntStream.of(ports).boxed().toList());
    for (int port : ports) {
      Wait.atMost(MAX_START_TIME).until(port + " is ready", () -> ready.contains(port));
    }
  }

  /** Tells an instance to end: soon it gets no connections any more, and then it is gone. */
  void sees(SupervisedProcess instance, int port) {
    instance.signal("TERM");
    Wait.atMost(MAX_LEAVE_TIME).until(port + " is left", () -> !ready.contains(port));
    assertThat(instance.waitFor(MAX_END_TIME)).as(port + " ends").isTrue();
    instances.remove(port);
  }

  @Override
  public void close() {
    probes.shutdownNow();
    closeQuietly(door);
  }

  private void probe(int port) {
    try {
      int status =
          HTTP.send(
                  HttpRequest.newBuilder(
                          URI.create("http://127.0.0.1:" + port + "/actuator/health/readiness"))
                      .timeout(MAX_PROBE_TIME)
                      .build(),
                  BodyHandlers.discarding())
              .statusCode();
      if (status == 200) {
        ready.add(port);
      } else {
        ready.remove(port);
      }
    } catch (IOException e) {
      ready.remove(port);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket caller = door.accept();
        Thread.startVirtualThread(() -> serve(caller));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket caller) {
    List<Integer> candidates = new ArrayList<>(ready);
    Collections.shuffle(candidates);
    for (int port : candidates) {
      try {
        Socket instance = new Socket();
        instance.connect(new InetSocketAddress("127.0.0.1", port), MAX_CONNECT_MILLIS);
        Thread.startVirtualThread(() -> pass(caller, instance));
        Thread.startVirtualThread(() -> pass(instance, caller));
        return;
      } catch (IOException e) {
        ready.remove(port);
      }
    }
    closeQuietly(caller);
  }

  /** What one side says reaches the other; that it has nothing more to say, too. */
  private static void pass(Socket from, Socket to) {
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      in.transferTo(out);
      to.shutdownOutput();
    } catch (IOException e) {
      closeQuietly(from);
      closeQuietly(to);
    }
  }

  private static void closeQuietly(AutoCloseable some) {
    try {
      some.close();
    } catch (Exception e) {
      // It is closed.
    }
  }
}
