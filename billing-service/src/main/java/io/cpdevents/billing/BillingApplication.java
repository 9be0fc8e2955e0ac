package io.cpdevents.billing;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts billing-service. */
@SpringBootApplication
public class BillingApplication {

  /** Starts the service; everything is configured by the environment. */
  public static void main(String[] arguments) {
    SpringApplication.run(BillingApplication.class, arguments);
  }
}
