package io.cpdevents.local;

/** What a start does with {@linkplain StartCache caches}. */
public enum StartCaches {
  /** A service that has one starts with it. */
  USED,
  /** Every service starts without one. */
  IGNORED,
  /** A service that ends writes down what its cache is made of. */
  RECORDED
}
