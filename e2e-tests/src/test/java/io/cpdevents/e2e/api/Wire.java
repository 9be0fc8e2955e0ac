package io.cpdevents.e2e.api;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Requests byte by byte, for what no HTTP client would send. */
record Wire(URI server) {

  private static final Duration MAX_ANSWER_TIME = Duration.ofSeconds(20);
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 ([0-9]{3})");
  private static final Pattern TYPE = Pattern.compile("(?im)^content-type: *(.*?)\\r?$");
  private static final Pattern LENGTH = Pattern.compile("(?im)^content-length: *([0-9]{1,9})");
  private static final int CHUNK_BYTES = 64 * 1024;

  /** What came back; status 0 when the connection was closed without an answer. */
  record Answer(int status, String contentType, String body) {}

  /** Sends a head, with its lines as they are, and a body. */
  Answer send(String requestLine, String headers, String body) throws IOException {
    try (Socket socket = connected()) {
      String head =
          requestLine + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + headers + "\r\n";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
      socket.getOutputStream().flush();
      return read(socket.getInputStream());
    }
  }

  /** Sends this many zeros as JSON, announced or in chunks, until the server has heard enough. */
  Answer sendMuch(String requestLine, long bytes, boolean announced) throws IOException {
    try (Socket socket = connected()) {
      String length = announced ? "Content-Length: " + bytes : "Transfer-Encoding: chunked";
      String head =
          requestLine
              + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\n"
              + length
              + "\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
      byte[] chunk = "0".repeat(CHUNK_BYTES).getBytes(StandardCharsets.US_ASCII);
      byte[] size = (Integer.toHexString(CHUNK_BYTES) + "\r\n").getBytes(StandardCharsets.US_ASCII);
      try {
        for (long sent = 0;
            sent < bytes && socket.getInputStream().available() == 0;
            sent += CHUNK_BYTES) {
          if (!announced) {
            socket.getOutputStream().write(size);
          }
          socket.getOutputStream().write(chunk);
          if (!announced) {
            socket.getOutputStream().write("\r\n".getBytes(StandardCharsets.US_ASCII));
          }
        }
      } catch (IOException heardEnough) {
        // The server has answered and closed; the answer may still be there.
      }
      return read(socket.getInputStream());
    }
  }

  private Socket connected() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.getPort());
    socket.setSoTimeout(Math.toIntExact(MAX_ANSWER_TIME.toMillis()));
    return socket;
  }

  private static boolean isWhole(ByteArrayOutputStream read) {
    String answer = read.toString(StandardCharsets.ISO_8859_1);
    int bodyAt = answer.indexOf("\r\n\r\n") + 4;
    if (bodyAt < 4) {
      return false;
    }
    Matcher length = LENGTH.matcher(answer.substring(0, bodyAt));
    return length.find()
        ? answer.length() - bodyAt >= Integer.parseInt(length.group(1))
        : answer.endsWith("\r\n0\r\n\r\n");
  }

  private static Answer read(InputStream stream) throws IOException {
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    byte[] buffer = new byte[CHUNK_BYTES];
    try {
      // After a refusal the server may wait for the rest of the body before it closes.
      for (int count = stream.read(buffer);
          count >= 0;
          count = isWhole(read) ? -1 : stream.read(buffer)) {
        read.write(buffer, 0, count);
      }
    } catch (SocketException closed) {
      // What came before the connection was reset is the answer.
    }
    String answer = read.toString(StandardCharsets.UTF_8);
    Matcher status = STATUS.matcher(answer);
    if (!status.lookingAt()) {
      return new Answer(0, "", answer);
    }
    int bodyAt = answer.indexOf("\r\n\r\n");
    Matcher type = TYPE.matcher(answer.substring(0, bodyAt));
    String body = answer.substring(bodyAt + 4);
    if (answer.substring(0, bodyAt).toLowerCase(Locale.ROOT).contains("chunked")) {
      body = body.replaceAll("(?m)^[0-9a-f]{1,8}\\r\\n|\\r\\n", "");
    }
    return new Answer(Integer.parseInt(status.group(1)), type.find() ? type.group(1) : "", body);
  }
}
