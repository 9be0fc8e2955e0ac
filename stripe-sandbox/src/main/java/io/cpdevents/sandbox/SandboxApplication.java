package io.cpdevents.sandbox;

import java.time.Clock;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** Starts the stand-in for Stripe. */
@SpringBootApplication
@EnableConfigurationProperties(SandboxSettings.class)
public class SandboxApplication {
  public static void main(String[] arguments) {
    SpringApplication.run(SandboxApplication.class, arguments);
  }

  /**
   * The machine's time, for signatures, retries and idempotency. The dates of Stripe's objects come
   * from {@link io.cpdevents.sandbox.time.SandboxClock}.
   */
  @Bean
  Clock machineClock() {
    return Clock.systemUTC();
  }
}
