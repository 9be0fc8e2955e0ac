package io.cpdevents.platform.personaldata;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Configures how a service that {@link TellsPersonalData} is asked. */
@AutoConfiguration(
    afterName = "org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration")
@ConditionalOnBean(TellsPersonalData.class)
public class PersonalDataConfiguration {

  @Bean
  PersonalData personalData(JdbcClient jdbc, TellsPersonalData service) {
    return new PersonalData(jdbc, service);
  }

  @Bean
  PersonalDataController personalDataController(PersonalData personalData) {
    return new PersonalDataController(personalData);
  }
}
