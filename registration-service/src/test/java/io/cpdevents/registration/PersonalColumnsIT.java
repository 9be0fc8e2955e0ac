package io.cpdevents.registration;

import io.cpdevents.platform.test.CpdIntegrationTest;
import io.cpdevents.platform.test.PersonalColumns;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@CpdIntegrationTest
class PersonalColumnsIT {

  @Autowired JdbcClient jdbc;

  @Test
  void every_column_says_whether_it_is_about_people() {
    PersonalColumns.assertDeclared(jdbc);
  }
}
