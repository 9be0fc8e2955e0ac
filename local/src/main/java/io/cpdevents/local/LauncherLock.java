package io.cpdevents.local;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lets one launcher at a time use a home directory, and tells the others who it is. */
final class LauncherLock implements AutoCloseable {

  private static final Set<Path> HELD_HERE = new HashSet<>();

  private final FileChannel channel;
  private final Path note;

  private LauncherLock(FileChannel channel, Path note) {
    this.channel = channel;
    this.note = note;
  }

  /** Takes the home directory, or says who has it. */
  static LauncherLock take(LocalOptions options) {
    Path note = noteOf(options);
    try {
      Files.createDirectories(options.run());
      FileChannel channel = tryLock(options);
      if (channel == null) {
        throw new LocalFailure(
            holder(options)
                .map(Launcher::runsAlready)
                .orElse("another ./cpd is starting or stopping here: try again in a moment"));
      }
      Properties properties = new Properties();
      properties.setProperty("pid", Long.toString(ProcessHandle.current().pid()));
      properties.setProperty("portBase", Integer.toString(options.ports().base()));
      try (Writer writer = Files.newBufferedWriter(note)) {
        properties.store(writer, null);
      }
      synchronized (HELD_HERE) {
        HELD_HERE.add(options.run().resolve("lock"));
      }
      return new LauncherLock(channel, note);
    } catch (IOException e) {
      throw new UncheckedIOException("could not use " + options.home(), e);
    }
  }

  /** The launcher that runs on this home directory now. */
  static Optional<Launcher> holder(LocalOptions options) {
    Path note = noteOf(options);
    if (!Files.exists(note)) {
      return Optional.empty();
    }
    try (FileChannel free = tryLock(options)) {
      if (free != null) {
        // Nobody holds it: the note is from a launcher that was killed.
        return Optional.empty();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("could not look at " + options.run(), e);
    }
    try (Reader reader = Files.newBufferedReader(note)) {
      Properties properties = new Properties();
      properties.load(reader);
      String pid = properties.getProperty("pid");
      String portBase = properties.getProperty("portBase");
      return pid == null || portBase == null
          ? Optional.empty()
          : Optional.of(new Launcher(Long.parseLong(pid), new Ports(Integer.parseInt(portBase))));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(note);
      channel.close();
      synchronized (HELD_HERE) {
        HELD_HERE.remove(note.resolveSibling("lock"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("could not give back " + note, e);
    }
  }

  private static @Nullable FileChannel tryLock(LocalOptions options) throws IOException {
    Path file = options.run().resolve("lock");
    synchronized (HELD_HERE) {
      // POSIX: to close any channel of a file gives up every lock that this process has on it.
      if (HELD_HERE.contains(file)) {
        return null;
      }
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (channel.tryLock() == null) {
        channel.close();
        return null;
      }
      return channel;
    }
  }

  private static Path noteOf(LocalOptions options) {
    return options.run().resolve("launcher.properties");
  }
}
