package io.cpdevents.accounts.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.accounts.AccountsIntegrationTest;
import io.cpdevents.accounts.People;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.test.Answer;
import io.cpdevents.platform.test.ApiClient;
import io.cpdevents.platform.test.MutableClock;
import io.cpdevents.platform.test.TestTokens;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@AccountsIntegrationTest
class StuckSessionsIT {

  @Autowired People people;
  @Autowired MutableClock clock;
  @Autowired JdbcClient jdbc;
  @Autowired PlatformTransactionManager transactions;

  @Test
  void a_session_that_ran_out_and_that_no_sweep_ends_is_stuck() {
    String email = people.newEmail();
    people.verified(email);
    UUID session =
        UUID.fromString(
            people
                .logIn(people.newcomer(), email, People.PASSWORD)
                .body()
                .path("session")
                .path("id")
                .asString());
    assertThat(stuck()).doesNotContain(session.toString());
    jdbc.sql("UPDATE session SET expires_at = :past WHERE id = :id")
        .param("past", OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC).minusMinutes(11))
        .param("id", session)
        .update();
    new TransactionTemplate(transactions)
        .executeWithoutResult(_ -> {
          // Somebody works on it: the sweep cannot take it meanwhile.
          jdbc.sql("SELECT id FROM session WHERE id = :id AND ended_at IS NULL FOR UPDATE")
              .param("id", session)
              .query(UUID.class)
              .single();
          assertThat(stuck()).contains(session.toString());
        });
  }

  private List<String> stuck() {
    ApiClient operator =
        people.newcomer().as(TestTokens.bearer(Ids.next(), Set.of("platform-support"), Map.of()));
    Answer answer = operator.get("/api/v1/ops/accounts/processes/session/states/live?limit=100");
    answer.expect(200);
    return answer.body().path("data").valueStream().map(one -> one.path("id").asString()).toList();
  }
}
