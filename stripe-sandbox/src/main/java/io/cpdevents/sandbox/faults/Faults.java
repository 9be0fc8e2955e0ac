package io.cpdevents.sandbox.faults;

import io.cpdevents.sandbox.api.StripeRefusal;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.PathContainer;
import org.springframework.stereotype.Component;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/** The faults that are switched on. They are in memory, so a restart ends them. */
@Component
public class Faults {
  private static final Duration DEFAULT_DELAY = Duration.ofSeconds(1);

  private final List<ActiveFault> active = new ArrayList<>();

  private static final class ActiveFault {
    private final Fault fault;
    private final PathPattern pattern;
    private int remaining;

    private ActiveFault(Fault fault) {
      this.fault = fault;
      this.pattern = PathPatternParser.defaultInstance.parse(fault.path());
      Integer times = fault.times();
      this.remaining = times == null ? Integer.MAX_VALUE : times;
    }

    private boolean affects(String method, String path) {
      return remaining > 0
          && (fault.method() == null || fault.method().equalsIgnoreCase(method))
          && pattern.matches(PathContainer.parsePath(path));
    }
  }

  /** Replaces all faults. */
  public synchronized void set(List<Fault> faults) {
    List<ActiveFault> next = faults.stream().map(ActiveFault::new).toList();
    active.clear();
    active.addAll(next);
  }

  public synchronized List<Fault> active() {
    return active.stream().filter(a -> a.remaining > 0).map(a -> a.fault).toList();
  }

  /** The fault that affects this request, which counts as one of its times; null for none. */
  public synchronized @Nullable Fault take(String method, String path) {
    for (ActiveFault candidate : active) {
      if (candidate.affects(method, path)) {
        if (candidate.fault.times() != null) {
          candidate.remaining--;
        }
        return candidate.fault;
      }
    }
    return null;
  }

  /** Does what the fault does before the request is answered. */
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
        // They take effect later.
      }
    }
  }

  /** Does what the fault does after the effect of the request is committed. */
  public void after(@Nullable Fault fault, HttpServletRequest request) {
    if (fault != null && fault.kind() == Fault.Kind.DROP_AFTER) {
      DropConnection.mark(request);
    }
  }

  /** Whether the connection of this request will be closed, so that no answer may be written. */
  public boolean drops(HttpServletRequest request) {
    return DropConnection.isMarked(request);
  }

  private static void pause(@Nullable Long ms) {
    try {
      Thread.sleep(ms == null ? DEFAULT_DELAY : Duration.ofMillis(ms));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
