package io.cpdevents.sandbox.faults;

import io.cpdevents.sandbox.front.StripeRefusal;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.PathContainer;
import org.springframework.stereotype.Component;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/** The faults that are switched on, in memory: a restart ends them. */
@Component
public class Faults {
  private static final Duration DELAY_DEFAULT = Duration.ofSeconds(1);

  private final List<Armed> armed = new ArrayList<>();

  private static final class Armed {
    private final Fault fault;
    private final PathPattern pattern;
    private int left;

    private Armed(Fault fault) {
      this.fault = fault;
      this.pattern = PathPatternParser.defaultInstance.parse(fault.path());
      Integer times = fault.times();
      this.left = times == null ? Integer.MAX_VALUE : times;
    }

    private boolean strikes(String method, String path) {
      return left > 0
          && (fault.method() == null || fault.method().equalsIgnoreCase(method))
          && pattern.matches(PathContainer.parsePath(path));
    }
  }

  /** Replaces all faults. */
  public synchronized void set(List<Fault> faults) {
    List<Armed> next = faults.stream().map(Armed::new).toList();
    armed.clear();
    armed.addAll(next);
  }

  public synchronized List<Fault> active() {
    return armed.stream().filter(a -> a.left > 0).map(a -> a.fault).toList();
  }

  /** The fault that strikes this request, counted; null for none. */
  public synchronized @Nullable Fault take(String method, String path) {
    for (Armed candidate : armed) {
      if (candidate.strikes(method, path)) {
        if (candidate.fault.times() != null) {
          candidate.left--;
        }
        return candidate.fault;
      }
    }
    return null;
  }

  /** Strikes before the request is answered. */
  public void before(@Nullable Fault fault, HttpServletRequest request) {
    if (fault == null) {
      return;
    }
    switch (fault.kind()) {
      case DELAY -> pause(fault.ms());
      case DROP_BEFORE -> {
        DropConnection.mark(request);
        throw StripeRefusal.internal();
      }
      case CONFLICT -> throw StripeRefusal.keyInUse("a fault");
      case RATE_LIMIT -> throw StripeRefusal.rateLimited();
      case LOCK_TIMEOUT -> throw StripeRefusal.locked();
      case FAILURE -> throw StripeRefusal.internal();
      case DROP_AFTER, SAVED_500 -> {
        // These strike later.
      }
    }
  }

  /** Strikes after the request has been answered and its effect is committed. */
  public void after(@Nullable Fault fault, HttpServletRequest request) {
    if (fault != null && fault.kind() == Fault.Kind.DROP_AFTER) {
      DropConnection.mark(request);
    }
  }

  /** Whether the connection of this request will be closed; then nothing may be written. */
  public boolean drops(HttpServletRequest request) {
    return DropConnection.isMarked(request);
  }

  private static void pause(@Nullable Long ms) {
    try {
      Thread.sleep(ms == null ? DELAY_DEFAULT : Duration.ofMillis(ms));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
