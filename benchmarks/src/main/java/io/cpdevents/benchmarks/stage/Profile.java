package io.cpdevents.benchmarks.stage;

/** Watches one component; when closed, the file is there. */
public interface Profile extends AutoCloseable {
  @Override
  void close();
}
