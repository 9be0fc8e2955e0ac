package io.cpdevents.billing.customers;

import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A person's address is kept for Stripe's letters, until the person is erased. */
@Component
public class KeepAddress {

  /**
   * An address.
   *
   * @param version of the person's profile: an older one changes nothing
   */
  public record Command(UUID accountId, long version, String email) {}

  private final Customers customers;
  private final CustomerTasks tasks;

  KeepAddress(Customers customers, CustomerTasks tasks) {
    this.customers = customers;
    this.tasks = tasks;
  }

  /** Keeps the latest address; Stripe is told of it where it has another one. */
  @Transactional
  public void handle(Command command) {
    if (customers.keepAddress(command.accountId(), command.version(), command.email())
        && customers
            .find(command.accountId())
            .filter(customer -> !command.email().equals(customer.email()))
            .isPresent()) {
      tasks.tellAddress(command.accountId(), Long.toString(command.version()));
    }
  }
}
