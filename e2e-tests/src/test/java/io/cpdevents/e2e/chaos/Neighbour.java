package io.cpdevents.e2e.chaos;

import io.cpdevents.contracts.ContractsJson;
import io.cpdevents.driver.Person;
import io.cpdevents.driver.World;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Somebody who wants to use the platform while others attack it, each time by a new connection. */
final class Neighbour {

  /**
   * What became of a request.
   *
   * @param status 0 for no answer
   */
  record Asked(String what, int status, Duration took) {

    boolean isGood() {
      return status >= 200 && status < 300;
    }

    @Override
    public String toString() {
      return "%s %d after %d ms".formatted(what, status, took.toMillis());
    }
  }

  private static final Duration MAX_ANSWER_TIME = Duration.ofSeconds(15);

  private final int port;
  private final Person person;

  /** Whose session stays: of somebody who logs in again and again, the oldest ones end. */
  private final Person loggedIn;

  private final String password = "correct horse " + UUID.randomUUID();

  Neighbour(World world) {
    this.port = URI.create(world.address().gatewayUrl()).getPort();
    this.person = world.somebody("Nora Neighbour", password);
    this.loggedIn = world.somebody("Ned Neighbour");
  }

  String email() {
    return person.email();
  }

  /** Looks who is logged in, and logs in. */
  List<Asked> usesThePlatform(String address) {
    List<Asked> asked = new ArrayList<>();
    asked.add(
        asks(
            address,
            "GET",
            "/api/v1/me",
            "Authorization: Bearer " + loggedIn.token() + "\r\n",
            ""));
    asked.add(logsIn(address, password));
    return asked;
  }

  /** Logs in, or tries to. */
  Asked logsIn(String address, String withPassword) {
    String body =
        ContractsJson.mapper()
            .writeValueAsString(Map.of("email", person.email(), "password", withPassword));
    return asks(address, "POST", "/api/v1/sessions", "Content-Type: application/json\r\n", body);
  }

  /** Asks anything from an address of this machine. */
  Asked asks(String address, String method, String path, String headers, String body) {
    String request =
        """
        %s %s HTTP/1.1
        Host: localhost
        Connection: close
        Content-Length: %d
        """
                .formatted(method, path, body.length())
                .replace("\n", "\r\n")
            + headers
            + "\r\n"
            + body;
    long beganNanos = System.nanoTime();
    int status = 0;
    try (Socket connection =
        new Socket(InetAddress.ofLiteral("127.0.0.1"), port, InetAddress.ofLiteral(address), 0)) {
      connection.setSoTimeout(Math.toIntExact(MAX_ANSWER_TIME.toMillis()));
      connection.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      String answer =
          new String(connection.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (answer.startsWith("HTTP/1.1 ")) {
        status = Integer.parseInt(answer.substring(9, 12));
      }
    } catch (IOException e) {
      // No answer: the status says so.
    }
    return new Asked(
        method + " " + path + " from " + address,
        status,
        Duration.ofNanos(System.nanoTime() - beganNanos));
  }
}
