package io.cpdevents.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cpdevents.driver.World;
import io.cpdevents.platform.test.HouseDocs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The client in {@code clients/typescript}; skipped where there is no Node. */
@Journey
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TypeScriptClientIT {

  private static final int LIMIT_MINUTES = 5;
  private static final Path CLIENT =
      HouseDocs.repositoryRoot().resolve("clients").resolve("typescript");

  @Test
  @Order(1)
  void redoclys_recommended_rules_hold_for_the_document() throws Exception {
    requireNode();
    run(Map.of(), "npm", "ci", "--no-audit", "--no-fund");
    run(Map.of(), "npm", "run", "lint");
  }

  @Test
  @Order(2)
  void the_committed_types_are_those_of_the_document() throws Exception {
    requireNode();
    Path types = CLIENT.resolve("src").resolve("schema.d.ts");
    String committed = Files.readString(types);
    run(Map.of(), "npm", "run", "generate");
    assertThat(Files.readString(types))
        .as("the types were made anew from openapi.json: commit them")
        .isEqualTo(committed);
  }

  @Test
  @Order(3)
  void the_client_compiles_and_goes_from_sign_up_to_payment(World world) throws Exception {
    requireNode();
    run(Map.of(), "npm", "run", "build");
    run(
        Map.of(
            "CPD_URL", world.address().gatewayUrl(),
            "CPD_MAILBOX_URL", world.address().mailboxUrl(),
            "CPD_SANDBOX_URL", world.address().sandboxUrl()),
        "npm",
        "run",
        "journey");
  }

  private static void requireNode() {
    assumeTrue(isThere("node") && isThere("npm"), "skipped: Node 20 or newer is not installed");
  }

  private static boolean isThere(String program) {
    try {
      return new ProcessBuilder(program, "--version").start().waitFor() == 0;
    } catch (IOException missing) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static void run(Map<String, String> environment, String... command) throws Exception {
    Path output = Files.createTempFile("typescript-client", ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(CLIENT.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    boolean ended = process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES);
    if (!ended) {
      process.destroyForcibly();
    }
    assertThat(ended && process.exitValue() == 0)
        .as(List.of(command) + " succeeds:\n" + Files.readString(output))
        .isTrue();
  }
}
