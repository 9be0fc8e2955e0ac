package io.cpdevents.billing.webhooks.web;

import io.cpdevents.billing.BillingProblem;
import io.cpdevents.billing.Refuses;
import io.cpdevents.billing.webhooks.ParkedEvent;
import io.cpdevents.billing.webhooks.ParkedEventQueries;
import io.cpdevents.billing.webhooks.ReplayStripeEvent;
import io.cpdevents.platform.security.PlatformEndpoint;
import io.cpdevents.platform.security.PlatformRole;
import io.cpdevents.platform.text.OneLine;
import io.cpdevents.platform.web.Page;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Operators and the events of Stripe that could not be applied. */
@Tag(name = "Operations", description = "For those who operate the platform.")
@RestController
@RequestMapping("/api/v1/ops/billing/stripe-events")
class StripeEventController {

  private static final int MAX_ID_CHARACTERS = 255;

  private final ParkedEventQueries queries;
  private final ReplayStripeEvent replay;

  StripeEventController(ParkedEventQueries queries, ReplayStripeEvent replay) {
    this.queries = queries;
    this.replay = replay;
  }

  @Operation(summary = "The newest 100 events of Stripe that could not be applied")
  @GetMapping
  @PlatformEndpoint({PlatformRole.PLATFORM_SUPPORT, PlatformRole.PLATFORM_FINANCE})
  Page<ParkedEvent> listParkedStripeEvents() {
    return Page.whole(queries.newest());
  }

  @Operation(summary = "Apply a parked event of Stripe once more")
  @Refuses({BillingProblem.STRIPE_EVENT_NOT_FOUND})
  @PostMapping("/{stripeEventId}/replay")
  @PlatformEndpoint(PlatformRole.PLATFORM_FINANCE)
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void replayStripeEvent(@PathVariable @OneLine(max = MAX_ID_CHARACTERS) String stripeEventId) {
    replay.handle(stripeEventId);
  }
}
