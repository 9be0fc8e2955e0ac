package io.cpdevents.notification.smtp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A mail server that answers as the test says. */
final class ScriptedSmtpServer implements AutoCloseable {

  /** As an answer: closes the connection instead. */
  static final String HANG_UP = "";

  private static final int BACKLOG = 50;

  private final ServerSocket server;
  private final Map<String, String> answers = new ConcurrentHashMap<>();
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger mails = new AtomicInteger();

  ScriptedSmtpServer() throws IOException {
    server = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  int connections() {
    return connections.get();
  }

  int mails() {
    return mails.get();
  }

  /**
   * Answers a command from now on so.
   *
   * @param command HELLO (the banner), MAIL, RCPT, DATA or END (after the text)
   */
  void answer(String command, String answer) {
    answers.put(command, answer);
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        connections.incrementAndGet();
        Thread.ofVirtual().start(() -> talk(socket));
      } catch (SocketException e) {
        // The test is over.
        return;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void talk(Socket socket) {
    try (socket) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      if (!say(socket, answers.getOrDefault("HELLO", "220 scripted"))) {
        return;
      }
      boolean inText = false;
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (inText && !line.equals(".")) {
          continue;
        }
        String command = inText ? "END" : line.substring(0, 4);
        inText = command.equals("DATA") && answer(command).startsWith("354");
        if (command.equals("END") && answer(command).startsWith("250")) {
          mails.incrementAndGet();
        }
        if (!say(socket, answer(command))) {
          return;
        }
      }
    } catch (SocketException e) {
      // The client hung up.
      return;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String answer(String command) {
    return answers.getOrDefault(command, command.equals("DATA") ? "354 go on" : "250 ok");
  }

  private static boolean say(Socket socket, String answer) throws IOException {
    if (answer.equals(HANG_UP)) {
      return false;
    }
    socket.getOutputStream().write((answer + "\r\n").getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
    return true;
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
