package io.cpdevents.local;

/** Hears what happens while a platform starts and stops. */
@FunctionalInterface
public interface Progress {

  /** Nobody listens. */
  Progress SILENT = line -> {};

  /** One line for the person. */
  void tell(String line);
}
