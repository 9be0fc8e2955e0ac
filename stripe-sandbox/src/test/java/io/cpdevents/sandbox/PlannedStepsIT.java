package io.cpdevents.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.sandbox.time.PlannedSteps;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

class PlannedStepsIT extends RunningSandbox {

  private static final String KIND = "of-this-test";
  private static final String SUBJECT = "acct_1";

  @Autowired private PlannedSteps steps;
  @Autowired private TransactionTemplate transaction;

  @Test
  void a_plan_that_stays_is_left_alone_until_whoever_relies_on_it_has_committed() {
    transaction.executeWithoutResult(_ -> plan());
    assertThat(free()).hasSize(1);

    transaction.executeWithoutResult(_ -> {
      plan();
      assertThat(free()).as("seen by others").isEmpty();
    });

    assertThat(free()).hasSize(1);
  }

  private void plan() {
    steps.planAfter(Duration.ofHours(1), KIND, SUBJECT);
  }

  /** The plans of this test that another transaction could take. */
  private static List<Long> free() {
    return JdbcClient.create(TestPostgres.running().database())
        .sql("SELECT id FROM planned_step WHERE kind = :kind FOR UPDATE SKIP LOCKED")
        .param("kind", KIND)
        .query((row, _) -> row.getLong("id"))
        .list();
  }
}
