package io.cpdevents.benchmarks.load;

/** A way to put load on. */
public sealed interface Load permits ClosedLoop, OpenLoad {

  /** Performs the action until the load is over and everything has been answered. */
  LoadResult put(Action action);
}
