package io.cpdevents.sandbox.settings;

import io.cpdevents.sandbox.api.StripeRefusal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Sets the sandbox's behaviour. */
@RestController
@RequestMapping("/_sandbox/settings")
class BehaviourLevers {
  private final BehaviourSettings settings;

  BehaviourLevers(BehaviourSettings settings) {
    this.settings = settings;
  }

  @GetMapping
  Behaviour show() {
    return settings.show();
  }

  /** Replaces the settings; {@code {}} restores the defaults. */
  @PutMapping
  Behaviour set(@RequestBody Behaviour behaviour) {
    Long fee = behaviour.disputeFeeMinor();
    if (fee != null && fee < 0) {
      throw StripeRefusal.invalid(
          "parameter_invalid_integer",
          "disputeFeeMinor",
          "This value must be greater than or equal to 0.");
    }
    settings.set(behaviour);
    return settings.show();
  }
}
