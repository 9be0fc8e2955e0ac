package io.cpdevents.billing;

import io.cpdevents.platform.test.PersonalColumns;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

class PersonalColumnsIT extends BillingJourney {

  @Autowired JdbcClient jdbc;

  @Test
  void every_column_says_whether_it_is_about_people() {
    PersonalColumns.assertDeclared(jdbc);
  }
}
