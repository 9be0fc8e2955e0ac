package io.cpdevents.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the Compose file opens of a machine on which somebody tries the platform. */
class ComposeFileTest {

  private static final String TEXT =
      CommittedFiles.readIfThere(CommittedFiles.project().resolve("docker-compose.yml"));

  private static final Pattern PORTS = Pattern.compile("(?m)^\\s*ports:(.*)$");
  private static final Pattern PORT = Pattern.compile("\"([^\"]+)\"");

  @Test
  void every_port_is_opened_for_this_machine_alone_unless_the_gateways_is_asked_for() {
    List<String> ports =
        PORTS
            .matcher(TEXT)
            .results()
            .map(line -> PORT.matcher(line.group(1)))
            .flatMap(Matcher::results)
            .map(port -> port.group(1))
            .toList();

    assertThat(ports)
        .containsExactlyInAnyOrder(
            "${CPD_LISTEN_ADDRESS:-127.0.0.1}:8080:8080",
            "127.0.0.1:8110:8080",
            "127.0.0.1:8115:8025");
    assertThat(TEXT).doesNotContain("network_mode", "published:");
  }
}
