package io.cpdevents.local;

import io.cpdevents.platform.test.servers.SupervisedProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How a component's process is launched.
 *
 * @param command the program and its arguments, memory among them
 * @param environment added to the launcher's own
 * @param stopSignal what asks it to end
 */
record LaunchSpec(
    List<String> command,
    Map<String, String> environment,
    SupervisedProcess.StopSignal stopSignal) {

  /** The launch of a JVM that needs nothing of its environment. */
  static LaunchSpec of(List<String> command) {
    return new LaunchSpec(command, Map.of(), SupervisedProcess.StopSignal.TERM);
  }

  /** Starts the process. */
  SupervisedProcess launch(Path directory, Path log) {
    return SupervisedProcess.start(command, environment, directory, log, stopSignal);
  }
}
