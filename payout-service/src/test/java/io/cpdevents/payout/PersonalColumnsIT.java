package io.cpdevents.payout;

import io.cpdevents.platform.test.CpdIntegrationTest;
import io.cpdevents.platform.test.PersonalColumns;
import io.cpdevents.platform.test.sandbox.WithStripeSandbox;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@CpdIntegrationTest
@WithStripeSandbox
class PersonalColumnsIT {

  @Autowired JdbcClient jdbc;

  @Test
  void every_column_says_whether_it_is_about_people() {
    PersonalColumns.assertDeclared(jdbc);
  }
}
