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

/** The client in {@code clients/typescript}; skipped where there is no Node or no registry. */
@Journey
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TypeScriptClientIT {

  private static final int MAX_RUN_MINUTES = 5;

  /** What npm says when it cannot reach its registry. */
  private static final List<String> NO_REGISTRY =
      List.of(
          "ENOTFOUND",
          "EAI_AGAIN",
          "ECONNREFUSED",
          "ECONNRESET",
          "ETIMEDOUT",
          "ENETUNREACH",
          "E403",
          "E404",
          "E407",
          "E50");

  private static final Path CLIENT =
      HouseDocs.repositoryRoot().resolve("clients").resolve("typescript");

  @Test
  @Order(1)
  void redoclys_recommended_rules_hold_for_the_document() throws Exception {
    requirePackages();
    run(Map.of(), "npm", "run", "lint");
  }

  @Test
  @Order(2)
  void the_committed_types_are_those_of_the_document() throws Exception {
    requirePackages();
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
    requirePackages();
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

  private static void requirePackages() throws Exception {
    assumeTrue(
        isInstalled("node") && isInstalled("npm"), "skipped: Node 20 or newer is not installed");
    if (!Files.exists(CLIENT.resolve("node_modules").resolve(".package-lock.json"))) {
      Run install = execute(Map.of(), "npm", "ci", "--no-audit", "--no-fund");
      assumeTrue(
          install.succeeded() || NO_REGISTRY.stream().noneMatch(install.output()::contains),
          "skipped: the registry of npm cannot be reached");
      assertThat(install.succeeded()).as(install.output()).isTrue();
    }
  }

  private static boolean isInstalled(String program) {
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
    Run run = execute(environment, command);
    assertThat(run.succeeded()).as(List.of(command) + " succeeds:\n" + run.output()).isTrue();
  }

  private static Run execute(Map<String, String> environment, String... command) throws Exception {
    Path output = Files.createTempFile("typescript-client", ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(CLIENT.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    boolean ended = process.waitFor(MAX_RUN_MINUTES, TimeUnit.MINUTES);
    if (!ended) {
      process.destroyForcibly();
    }
    return new Run(ended && process.exitValue() == 0, Files.readString(output));
  }

  private record Run(boolean succeeded, String output) {}
}
