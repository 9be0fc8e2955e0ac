package io.cpdevents.payout;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** payout-service: what each organization has earned and is paid. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class PayoutApplication {

  /** Starts the service. */
  public static void main(String[] args) {
    SpringApplication.run(PayoutApplication.class, args);
  }
}
