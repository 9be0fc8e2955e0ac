package io.cpdevents.driver;

import io.cpdevents.driver.http.Exchange;
import java.time.Duration;

/** Hears what is done, to tell it. */
public interface Listener {

  /** A request was answered. */
  void answered(Exchange exchange);

  /** From now on somebody looks again and again. */
  void waitsFor(String what);

  /** What was waited for is there. */
  void cameTrue(String what, Duration after);
}
