package io.cpdevents.platform.test.servers;

import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A PostgreSQL data directory and the port its server listens on, on the loopback address only.
 *
 * @param dataDirectory where the data is; created by {@link #initialise()}
 * @param port the TCP port
 * @param superuserPassword of the role {@code postgres}
 */
public record PostgresCluster(Path dataDirectory, int port, String superuserPassword) {

  /** The role that creates databases and roles; no service knows its password. */
  public static final String SUPERUSER = "postgres";

  private static final Duration MAX_ANSWER_TIME = Duration.ofSeconds(60);
  private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(50);

  /** Creates the data directory unless it is there. */
  public void initialise() {
    if (Files.exists(dataDirectory.resolve("PG_VERSION"))) {
      return;
    }
    try {
      Files.createDirectories(dataDirectory);
      Path passwordFile = Files.createTempFile("cpd-postgres", ".password");
      try {
        Files.writeString(passwordFile, superuserPassword);
        run(
            List.of(
                program("initdb"),
                "--pgdata=" + dataDirectory.toAbsolutePath(),
                "--username=" + SUPERUSER,
                "--auth=scram-sha-256",
                "--pwfile=" + passwordFile,
                "--encoding=UTF8",
                "--locale=C.UTF-8",
                "--no-sync",
                "--no-instructions"));
      } finally {
        Files.delete(passwordFile);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("could not create " + dataDirectory, e);
    }
  }

  /**
   * The command that serves this cluster in the foreground.
   *
   * @param settings as in postgresql.conf, over the defaults here
   */
  public List<String> serverCommand(Map<String, String> settings) {
    Map<String, String> all = new TreeMap<>();
    all.put("listen_addresses", "127.0.0.1");
    all.put("unix_socket_directories", "");
    all.put("timezone", "UTC");
    all.put("log_timezone", "UTC");
    all.put("max_connections", "200");
    all.putAll(settings);
    List<String> command = new ArrayList<>(asUnprivileged());
    command.add(program("postgres"));
    command.add("-D");
    command.add(dataDirectory.toAbsolutePath().toString());
    command.add("-p");
    command.add(Integer.toString(port));
    all.forEach((name, value) -> {
      command.add("-c");
      command.add(name + "=" + value);
    });
    return command;
  }

  /** Starts the server as a child of this JVM and returns once it answers. */
  public SupervisedProcess start(Map<String, String> settings, Path log) {
    SupervisedProcess server =
        SupervisedProcess.start(
            serverCommand(settings),
            Map.of(),
            dataDirectory.toAbsolutePath(),
            log,
            SupervisedProcess.StopSignal.INT);
    awaitAnswer(server, log);
    return server;
  }

  /** JDBC address of a database of this cluster. */
  public String jdbcUrl(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }

  /** A connection of the superuser; the caller closes it. */
  public Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(jdbcUrl(database), SUPERUSER, superuserPassword);
  }

  /** Whether the server accepts connections now. */
  public boolean answers() {
    try (Connection connection = connect("postgres")) {
      return connection.isValid(1);
    } catch (SQLException e) {
      return false;
    }
  }

  private void awaitAnswer(SupervisedProcess server, Path log) {
    long deadline = System.nanoTime() + MAX_ANSWER_TIME.toNanos();
    while (!answers()) {
      if (!server.isAlive()) {
        throw new IllegalStateException(
            "PostgreSQL ended with code " + server.exitCode() + ", see " + log);
      }
      if (System.nanoTime() > deadline) {
        server.close();
        throw new IllegalStateException("PostgreSQL did not answer in time, see " + log);
      }
      server.waitFor(BETWEEN_ATTEMPTS);
    }
  }

  private static String program(String name) {
    return PostgresBinaries.unpacked().resolve("bin").resolve(name).toString();
  }

  /**
   * PostgreSQL refuses to run as root; in a user namespace of its own it does not see that it is.
   */
  private static List<String> asUnprivileged() {
    if (!"root".equals(System.getProperty("user.name"))) {
      return List.of();
    }
    if (!LinuxUtils.isUnshareAvailable()) {
      throw new IllegalStateException(
          "PostgreSQL does not run as root, and `unshare -U` is not permitted here: use another"
              + " user");
    }
    return List.of("unshare", "-U");
  }

  private static void run(List<String> command) {
    List<String> words = new ArrayList<>(asUnprivileged());
    words.addAll(command);
    try {
      Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
      String output;
      try (var reader = process.inputReader()) {
        output = reader.readAllAsString();
      }
      if (process.waitFor() != 0) {
        throw new IllegalStateException(command.getFirst() + " failed:\n" + output);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("could not run " + command.getFirst(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
