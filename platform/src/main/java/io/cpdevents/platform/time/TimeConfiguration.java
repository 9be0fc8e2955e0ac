package io.cpdevents.platform.time;

import java.time.Clock;
import java.time.Duration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Profile;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;

/** Provides the {@link Clock} of a service, which can be moved in the local profile only. */
@AutoConfiguration
public class TimeConfiguration {

  @Bean
  @ConditionalOnMissingBean(Clock.class)
  BusinessClock clock(Environment environment) {
    boolean local = environment.acceptsProfiles(Profiles.of("local"));
    long offsetSeconds =
        local ? environment.getProperty("cpd.clock.offset-seconds", Long.class, 0L) : 0;
    return new BusinessClock(Duration.ofSeconds(offsetSeconds));
  }

  @Bean
  SystemTime systemTime() {
    return new SystemTime();
  }

  @Bean
  @Profile("local")
  @ConditionalOnBean(BusinessClock.class)
  @ConditionalOnMissingBean
  ClockController clockController(BusinessClock business, Clock clock) {
    return new ClockController(business, clock);
  }
}
