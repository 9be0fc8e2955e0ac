package io.cpdevents.e2e.chaos;

import io.cpdevents.driver.Wait;
import io.cpdevents.driver.http.Api;
import io.cpdevents.e2e.SharedPlatform;
import io.cpdevents.local.Component;
import io.cpdevents.local.ComponentStatus;
import io.cpdevents.local.LocalPlatform;
import io.cpdevents.platform.test.servers.SupervisedProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Another instance of a service beside the platform's: a copy of that one's process, which only
 * Linux shows.
 */
final class SecondInstance {

  private static final Duration MAX_START_TIME = Duration.ofMinutes(2);

  private SecondInstance() {}

  /** Starts it beside that of the shared platform, and waits until it answers. */
  static SupervisedProcess start(Component service, int port) throws IOException {
    SupervisedProcess process = launch(SharedPlatform.get(), service, port, Map.of());
    Api.at("http://127.0.0.1:" + port)
        .repeating(Wait.atMost(MAX_START_TIME))
        .get("/actuator/health")
        .expect(200);
    return process;
  }

  /**
   * Starts it beside that of any platform, and returns at once; the caller closes it.
   *
   * @param settings environment variables that it has other than that one
   */
  static SupervisedProcess launch(
      LocalPlatform platform, Component service, int port, Map<String, String> settings)
      throws IOException {
    long pid =
        platform.statuses().stream()
            .filter(status -> status.name().equals(service.wireName()))
            .map(ComponentStatus::pid)
            .findFirst()
            .orElseThrow();
    Map<String, String> environment = new LinkedHashMap<>();
    for (String variable : procFile(pid, "environ")) {
      int equals = variable.indexOf('=');
      environment.put(variable.substring(0, equals), variable.substring(equals + 1));
    }
    environment.put("SERVER_PORT", Integer.toString(port));
    environment.putAll(settings);
    Path home = platform.options().home();
    return SupervisedProcess.start(
        procFile(pid, "cmdline"),
        environment,
        home,
        home.resolve("logs").resolve("%s-%d.log".formatted(service.wireName(), port)),
        SupervisedProcess.StopSignal.TERM);
  }

  private static List<String> procFile(long pid, String name) throws IOException {
    String text =
        new String(
            Files.readAllBytes(Path.of("/proc", Long.toString(pid), name)), StandardCharsets.UTF_8);
    return text.isEmpty() ? List.of() : List.of(text.split("\0"));
  }
}
