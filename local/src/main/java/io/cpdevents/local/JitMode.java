package io.cpdevents.local;

import java.util.Locale;

/** How far the just-in-time compilers of the JVMs go. */
public enum JitMode {
  /** C1 only: starts in half of the time, and serves people and tests well. */
  QUICK,
  /**
   * C2 as well for the components that many requests reach, as in production: it takes minutes of
   * load to pay, and then halves what a request costs.
   */
  THOROUGH;

  /** As in {@code CPD_JIT_MODE}; quick when nothing is said. */
  static JitMode named(String name) {
    return switch (name.strip().toLowerCase(Locale.ROOT)) {
      case "", "quick" -> QUICK;
      case "thorough" -> THOROUGH;
      default -> throw new LocalFailure("CPD_JIT_MODE is neither quick nor thorough: " + name);
    };
  }
}
