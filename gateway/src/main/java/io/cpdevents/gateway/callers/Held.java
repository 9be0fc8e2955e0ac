package io.cpdevents.gateway.callers;

/** Something that a caller holds until it is closed. */
@FunctionalInterface
public interface Held extends AutoCloseable {

  /** Of callers that are not counted. */
  Held NOTHING = () -> {};

  /** Gives it back. */
  @Override
  void close();
}
