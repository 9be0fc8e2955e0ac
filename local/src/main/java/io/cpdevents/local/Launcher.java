package io.cpdevents.local;

import java.util.Optional;

/**
 * The process that runs a platform, seen from another one.
 *
 * @param pid of the launcher
 * @param ports where its platform listens
 */
public record Launcher(long pid, Ports ports) {

  /** The launcher that runs on this home directory now. */
  public static Optional<Launcher> of(LocalOptions options) {
    return LauncherLock.holder(options);
  }

  /** Its control API. */
  public ControlApi control() {
    return new ControlApi(ports);
  }

  /** For the person who starts a second one. */
  public String runsAlready() {
    return "the platform runs already (pid %d, http://localhost:%d).\nSee it with ./cpd status, stop it with ./cpd down."
        .formatted(pid, ports.base());
  }
}
