package io.cpdevents.sandbox.settings;

import io.cpdevents.sandbox.api.StripeRefusal;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
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
  private final ApplicationEventPublisher publisher;

  BehaviourLevers(BehaviourSettings settings, ApplicationEventPublisher publisher) {
    this.settings = settings;
    this.publisher = publisher;
  }

  @GetMapping
  Behaviour show() {
    return settings.show();
  }

  /** Replaces the settings; {@code {}} restores the defaults. */
  @PutMapping
  Behaviour set(@RequestBody Behaviour behaviour) {
    requireNotNegative(behaviour.disputeFeeMinor(), "disputeFeeMinor");
    requireNotNegative(behaviour.reservedMinor(), "reservedMinor");
    settings.set(behaviour);
    publisher.publishEvent(new BehaviourChanged());
    return settings.show();
  }

  private static void requireNotNegative(@Nullable Long amount, String name) {
    if (amount != null && amount < 0) {
      throw StripeRefusal.invalid(
          "parameter_invalid_integer", name, "This value must be greater than or equal to 0.");
    }
  }
}
