package io.cpdevents.platform.personaldata;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Configures how a service that {@link TellsAboutPeople} is asked. */
@AutoConfiguration(
    afterName = "org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration")
@ConditionalOnBean(TellsAboutPeople.class)
public class PersonalDataConfiguration {

  @Bean
  KnownOfPerson personalData(JdbcClient jdbc, TellsAboutPeople service) {
    return new KnownOfPerson(jdbc, service);
  }

  @Bean
  PersonalDataController personalDataController(KnownOfPerson personalData) {
    return new PersonalDataController(personalData);
  }
}
