package io.cpdevents.payout;

import io.cpdevents.platform.test.CpdIntegrationTest;
import io.cpdevents.platform.test.PersonalColumns;
import io.cpdevents.platform.test.sandbox.WithStripeSandbox;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@CpdIntegrationTest
@WithStripeSandbox
class PersonalColumnsIT {

  @Autowired DataSource database;

  @Test
  void every_column_says_whether_it_is_about_people() {
    PersonalColumns.assertDeclared(database);
  }
}
