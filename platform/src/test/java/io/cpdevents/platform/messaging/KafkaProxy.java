package io.cpdevents.platform.messaging;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A TCP proxy in front of a broker. A test can break its connections, or drop all answers. */
final class KafkaProxy implements AutoCloseable {

  private enum State {
    OPEN,
    ANSWERS_DROPPED,
    CUT
  }

  private static final int BUFFER_BYTES = 64 * 1024;

  private final ServerSocket entrance;
  private final int brokerPort;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private volatile State state = State.OPEN;

  /** Forwards from a port of its own, on the loopback address, to the broker's. */
  KafkaProxy(int brokerPort) throws IOException {
    this.entrance = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
    this.brokerPort = brokerPort;
  }

  int port() {
    return entrance.getLocalPort();
  }

  void open() {
    Thread.ofVirtual().name("kafka-proxy").start(this::accept);
  }

  /** The broker receives every request, but its answers are dropped. */
  void dropAnswers() {
    state = State.ANSWERS_DROPPED;
  }

  /** Connections break, and new ones are refused. */
  void cut() {
    state = State.CUT;
    closeSockets();
  }

  /** New connections work again; old ones break, because answers on them are lost. */
  void restore() {
    state = State.OPEN;
    closeSockets();
  }

  @Override
  public void close() throws IOException {
    entrance.close();
    cut();
  }

  private void accept() {
    while (!entrance.isClosed()) {
      try {
        Socket client = entrance.accept();
        if (state == State.CUT) {
          client.close();
        } else {
          connect(client);
        }
      } catch (IOException _) {
        // the proxy is closed, or the broker does not answer: the client tries again
      }
    }
  }

  private void connect(Socket client) throws IOException {
    Socket broker = new Socket(InetAddress.getLoopbackAddress(), brokerPort);
    sockets.add(client);
    sockets.add(broker);
    Thread.ofVirtual().start(() -> pass(client, broker, false));
    Thread.ofVirtual().start(() -> pass(broker, client, true));
  }

  private void pass(Socket from, Socket to, boolean answers) {
    byte[] buffer = new byte[BUFFER_BYTES];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        if (!answers || state == State.OPEN) {
          out.write(buffer, 0, read);
        }
      }
    } catch (IOException _) {
      // the other side has closed the connection
    } finally {
      sockets.remove(from);
      sockets.remove(to);
    }
  }

  private void closeSockets() {
    for (Socket socket : sockets) {
      try {
        socket.close();
      } catch (IOException _) {
        // it is closed already
      }
    }
  }
}
