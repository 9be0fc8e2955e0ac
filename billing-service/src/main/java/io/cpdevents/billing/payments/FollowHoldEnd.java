package io.cpdevents.billing.payments;

import java.time.Instant;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A hold ends at another time: so long a buyer whose bank has refused can pay in another way. */
@Component
public class FollowHoldEnd {

  /** A registration that is held until another time. */
  public record Command(UUID registrationId, Instant holdExpiresAt) {}

  private final Payments payments;

  FollowHoldEnd(Payments payments) {
    this.payments = payments;
  }

  /** Keeps until when the places are held; nothing happens when the registration has ended. */
  @Transactional
  public void handle(Command command) {
    payments.keepHoldEnd(command.registrationId(), command.holdExpiresAt());
  }
}
