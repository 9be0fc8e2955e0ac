package io.cpdevents.registration;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts registration-service. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class RegistrationApplication {

  /** Starts the service with the settings of its environment. */
  public static void main(String[] arguments) {
    SpringApplication.run(RegistrationApplication.class, arguments);
  }
}
