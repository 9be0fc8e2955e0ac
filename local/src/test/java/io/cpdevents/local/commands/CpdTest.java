package io.cpdevents.local.commands;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.local.LocalOptions;
import io.cpdevents.platform.test.HouseDocs;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

class CpdTest {

  @TempDir private Path home;

  // JUnit sets it before each test.
  @SuppressWarnings("NullAway.Init")
  private LocalOptions options;

  private final StringWriter output = new StringWriter();
  private final StringWriter errors = new StringWriter();

  @BeforeEach
  void choosePorts() {
    options = LocalOptions.forTests(home);
  }

  @Test
  void the_script_has_the_help_before_anything_is_built() {
    HouseDocs.assertFile("local/help.txt", commandLine().getUsageMessage(Ansi.OFF));
  }

  @ParameterizedTest
  @ValueSource(strings = {"help", "-h", "--help"})
  void help_names_every_command(String word) {
    assertThat(run(word)).isZero();
    assertThat(output.toString()).contains(commandLine().getSubcommands().keySet());
  }

  @Test
  void asking_how_a_command_is_used_does_not_run_it() {
    assertThat(run("train", "--help")).isZero();
    assertThat(run("help", "clock")).isZero();
    assertThat(output.toString()).contains("./cpd train").contains("advance");
  }

  @Test
  void an_unknown_command_is_answered_with_the_help() {
    assertThat(run("upp")).isEqualTo(1);
    assertThat(errors.toString()).startsWith("cpd: unknown command 'upp'").contains("status");
  }

  @Test
  void an_unknown_option_is_refused_and_nothing_is_started() {
    assertThat(run("up", "--detached")).isEqualTo(1);
    assertThat(errors.toString()).startsWith("cpd: ").contains("--detached", "--detach");
  }

  @Test
  void an_unknown_component_is_answered_with_the_known_ones() {
    assertThat(run("kill", "biling")).isEqualTo(1);
    assertThat(errors.toString()).startsWith("cpd: ").contains("biling", "billing");
  }

  @Test
  void a_component_or_a_duration_that_is_missing_is_asked_for() {
    assertThat(run("stop")).isEqualTo(1);
    assertThat(run("clock", "advance")).isEqualTo(1);
    assertThat(errors.toString()).contains("'SERVICE'", "'DURATION'");
  }

  @Test
  void a_clock_moves_by_a_duration_only() {
    assertThat(run("clock", "advance", "2w")).isEqualTo(1);
    assertThat(errors.toString()).contains("'2w' is not a duration", "15d");
  }

  @Test
  void what_needs_a_platform_says_that_none_runs() {
    assertThat(run("kill", "billing")).isEqualTo(1);
    assertThat(errors.toString()).isEqualTo("cpd: nothing runs here. Start it with ./cpd up\n");
  }

  @Test
  void what_is_checked_of_the_audit_log_is_asked_for() {
    assertThat(run("audit")).isEqualTo(1);
    assertThat(errors.toString()).contains("subcommand", "verify");
    errors.getBuffer().setLength(0);
    assertThat(run("audit", "verify")).isEqualTo(1);
    assertThat(errors.toString()).isEqualTo("cpd: nothing runs here. Start it with ./cpd up\n");
  }

  @Test
  void the_environment_of_a_service_can_be_read_by_an_ide() throws IOException {
    Files.writeString(home.resolve("clock-offset-seconds"), "3600");
    assertThat(run("env", "billing")).isZero();
    assertThat(output.toString().lines())
        .allMatch(line -> line.matches("[A-Z_]+=.+"))
        .contains(
            "SPRING_PROFILES_ACTIVE=local",
            "SERVER_PORT=" + (options.ports().base() + 23),
            "CPD_CLOCK_OFFSET_SECONDS=3600");
    assertThat(output.toString()).contains("SPRING_DATASOURCE_URL=jdbc:postgresql://127.0.0.1:");
  }

  @Test
  void the_environment_of_a_service_is_the_same_when_asked_again() {
    run("env", "accounts");
    String first = output.toString();
    output.getBuffer().setLength(0);
    run("env", "accounts");
    assertThat(output.toString()).isEqualTo(first).contains("CPD_TOKEN_KEY=");
  }

  @Test
  void only_services_have_an_environment_to_be_shown() {
    assertThat(run("env", "kafka")).isEqualTo(1);
    assertThat(errors.toString())
        .isEqualTo("cpd: kafka is no service with an environment of its own\n");
  }

  private int run(String... words) {
    return commandLine()
        .setOut(new PrintWriter(output, true))
        .setErr(new PrintWriter(errors, true))
        .execute(words);
  }

  private CommandLine commandLine() {
    return Cpd.commandLine(options);
  }
}
