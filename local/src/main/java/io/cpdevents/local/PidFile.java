package io.cpdevents.local;

import io.cpdevents.platform.test.servers.SupervisedProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Remembers a component's process, so that the next start can end one that was left behind. */
record PidFile(Path file) {

  private static final Duration MAX_END_TIME = Duration.ofSeconds(15);

  static PidFile of(LocalOptions options, Component component) {
    return new PidFile(options.run().resolve(component.wireName() + ".pid"));
  }

  void write(long pid) {
    try {
      Files.createDirectories(file.getParent());
      String since =
          ProcessHandle.of(pid)
              .flatMap(process -> process.info().startInstant())
              .orElse(Instant.EPOCH)
              .toString();
      Files.writeString(file, pid + " " + since);
    } catch (IOException e) {
      throw new UncheckedIOException("could not write " + file, e);
    }
  }

  void delete() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException("could not delete " + file, e);
    }
  }

  /** The process, if it is still the one that was written down and not another with its number. */
  Optional<ProcessHandle> process() {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      String[] words = Files.readString(file).strip().split(" ", 2);
      if (words.length < 2) {
        return Optional.empty();
      }
      return ProcessHandle.of(Long.parseLong(words[0]))
          .filter(ProcessHandle::isAlive)
          .filter(process ->
              process.info().startInstant().map(Instant::toString).equals(Optional.of(words[1])));
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Ends the process if it runs, by force when it does not listen. True when there was one. */
  boolean endProcess() {
    Optional<ProcessHandle> left = process();
    left.ifPresent(process -> {
      SupervisedProcess.signal("CONT", process.pid());
      SupervisedProcess.signal("TERM", process.pid());
      SupervisedProcess.signal("INT", process.pid());
      try {
        process.onExit().get(MAX_END_TIME.toSeconds(), TimeUnit.SECONDS);
      } catch (TimeoutException e) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (ExecutionException e) {
        throw new IllegalStateException(e);
      }
    });
    delete();
    return left.isPresent();
  }
}
