package io.cpdevents.billing;

import io.cpdevents.platform.test.PersonalColumns;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class PersonalColumnsIT extends BillingJourney {

  @Autowired DataSource database;

  @Test
  void every_column_says_whether_it_is_about_people() {
    PersonalColumns.assertDeclared(database);
  }
}
