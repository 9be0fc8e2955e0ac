package io.cpdevents.local;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The JVM of a component: the program, its memory and its flags. */
final class JvmCommand {

  /**
   * The serial collector and compact headers, which is what one machine needs. Huge pages where the
   * kernel has them, because a virtual machine pays twice for a missed translation; memory that the
   * compiler needed is given back.
   */
  private static final List<String> FLAGS =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:+UseCompactObjectHeaders",
          "-XX:+UseTransparentHugePages",
          "-XX:TrimNativeHeapInterval=5000",
          // A process that is gone is seen; one that is alive and out of memory is not.
          "-XX:+ExitOnOutOfMemoryError",
          "-Xss512k",
          "-XX:MaxMetaspaceSize=192m",
          // Below this no class that is loaded causes a full collection: a start had three.
          "-XX:MetaspaceSize=128m",
          "--enable-native-access=ALL-UNNAMED",
          "-Duser.timezone=UTC",
          "-Dfile.encoding=UTF-8");

  private JvmCommand() {}

  /** Up to the class path and the main class, which are for the caller to add. */
  static List<String> of(Component component, JitMode mode) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(FLAGS);
    command.add("-Xmx" + component.heapMegabytes() + "m");
    if (!component.hashesPasswords() && (mode == JitMode.QUICK || !component.isUnderLoad())) {
      command.add("-XX:TieredStopAtLevel=1");
    }
    return command;
  }
}
