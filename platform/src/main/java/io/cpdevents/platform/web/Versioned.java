package io.cpdevents.platform.web;

/**
 * A view of something that people edit. Its answer has the version as {@code ETag}, for the {@link
 * IfMatch} of the next change.
 */
public interface Versioned {

  /** Rises with each change. */
  long version();
}
