package io.cpdevents.benchmarks.load;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a user does again and again. */
@FunctionalInterface
public interface Action {

  /**
   * How it ended.
   *
   * @param result {@link #GOOD}, or the refusal as status and code
   * @param acknowledged what the platform said exists from now on; null when it said nothing
   */
  record Outcome(String result, @Nullable UUID acknowledged) {

    /** It was served. */
    public static final String GOOD = "good";

    /** It was served, and this exists now. */
    public static Outcome good(@Nullable UUID acknowledged) {
      return new Outcome(GOOD, acknowledged);
    }

    /** It was not served. */
    public static Outcome refused(String result) {
      return new Outcome(result, null);
    }

    /** Whether it was served. */
    public boolean isGood() {
      return result.equals(GOOD);
    }
  }

  /**
   * Does it once.
   *
   * @param number counts the calls of a run; equal numbers are never under way at once
   */
  Outcome perform(int number) throws InterruptedException;
}
