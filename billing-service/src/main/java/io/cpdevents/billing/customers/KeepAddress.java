package io.cpdevents.billing.customers;

import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A person's address is kept for Stripe's receipt, until the person is erased. */
@Component
public class KeepAddress {

  /**
   * An address.
   *
   * @param version of the person's profile: an older one changes nothing
   */
  public record Command(UUID accountId, long version, String email) {}

  private final Customers customers;

  KeepAddress(Customers customers) {
    this.customers = customers;
  }

  /** Keeps the latest address. */
  @Transactional
  public void handle(Command command) {
    customers.keepAddress(command.accountId(), command.version(), command.email());
  }
}
