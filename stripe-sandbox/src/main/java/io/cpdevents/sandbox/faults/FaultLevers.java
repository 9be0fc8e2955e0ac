package io.cpdevents.sandbox.faults;

import io.cpdevents.sandbox.api.StripeRefusal;
import java.util.List;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.pattern.PatternParseException;

/** Switches faults of the API on and off. */
@RestController
@RequestMapping("/_sandbox/faults")
class FaultLevers {
  private final Faults faults;

  FaultLevers(Faults faults) {
    this.faults = faults;
  }

  /** Replaces the faults; an empty list ends them. */
  @PutMapping
  List<Fault> set(@RequestBody List<Fault> wanted) {
    try {
      faults.set(wanted);
    } catch (PatternParseException e) {
      throw StripeRefusal.invalid(null, "path", "Not a path pattern: " + e.getMessage());
    }
    return faults.active();
  }
}
