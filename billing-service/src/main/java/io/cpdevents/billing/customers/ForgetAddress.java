package io.cpdevents.billing.customers;

import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A person is erased, and the address with them. */
@Component
public class ForgetAddress {

  private final Customers customers;

  ForgetAddress(Customers customers) {
    this.customers = customers;
  }

  /** Forgets the address of an account. */
  @Transactional
  public void handle(UUID accountId) {
    customers.forgetAddress(accountId);
  }
}
