package io.cpdevents.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cpdevents.local.Component;
import io.cpdevents.local.ComponentStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A platform on one machine has known log-ins, so nobody on the network may reach any of it. */
@Journey
class LoopbackIT {

  private static final Path PROCESSES = Path.of("/proc");
  private static final String STATE_LISTEN = "0A";
  private static final Pattern SOCKET = Pattern.compile("socket:\\[([0-9]+)]");

  /** As the kernel writes them: 127.0.0.1, ::1 and ::ffff:127.0.0.1. */
  private static final List<String> LOOPBACK =
      List.of("0100007F", "00000000000000000000000001000000", "0000000000000000FFFF00000100007F");

  @Test
  void every_component_listens_on_the_loopback_address_only() throws IOException {
    assumeTrue(Files.exists(PROCESSES.resolve("net/tcp")), "the kernel tells who listens");
    Map<String, String> listening = listeningSockets();
    for (ComponentStatus component : SharedPlatform.get().statuses()) {
      Map<String, String> addresses = addressesOf(component, listening);
      // Otherwise this looks at nothing.
      assertThat(addresses.keySet())
          .as(component.name())
          .contains("%04X".formatted(component.port()));
      assertThat(addresses.values())
          .as("where %s listens, by port: %s", component.name(), addresses)
          .isSubsetOf(LOOPBACK);
    }
    assertThat(SharedPlatform.get().statuses()).hasSize(Component.values().length);
    String control = "%04X".formatted(SharedPlatform.get().options().ports().control());
    assertThat(listening.values())
        .filteredOn(address -> address.endsWith(":" + control))
        .isNotEmpty()
        .allMatch(address -> LOOPBACK.contains(address.split(":")[0]));
  }

  /** Of every socket that listens: its number, and its address and port. */
  private static Map<String, String> listeningSockets() throws IOException {
    Map<String, String> listening = new HashMap<>();
    for (String table : List.of("net/tcp", "net/tcp6")) {
      Path file = PROCESSES.resolve(table);
      if (Files.exists(file)) {
        for (String line : Files.readAllLines(file)) {
          String[] columns = line.strip().split("\\s+");
          if (columns.length > 9 && columns[3].equals(STATE_LISTEN)) {
            listening.put(columns[9], columns[1]);
          }
        }
      }
    }
    return listening;
  }

  /** The component's addresses by port. */
  private static Map<String, String> addressesOf(
      ComponentStatus component, Map<String, String> listening) throws IOException {
    Map<String, String> addresses = new TreeMap<>();
    try (Stream<Path> open = Files.list(PROCESSES.resolve(component.pid() + "/fd"))) {
      for (Path file : open.toList()) {
        Matcher socket = SOCKET.matcher(targetOf(file));
        String address = socket.matches() ? listening.get(socket.group(1)) : null;
        if (address != null) {
          String[] parts = address.split(":");
          addresses.put(parts[1], parts[0]);
        }
      }
    }
    return addresses;
  }

  /** Nothing for what was closed meanwhile. */
  private static String targetOf(Path file) throws IOException {
    try {
      return Files.readSymbolicLink(file).toString();
    } catch (NoSuchFileException closed) {
      return "";
    }
  }
}
