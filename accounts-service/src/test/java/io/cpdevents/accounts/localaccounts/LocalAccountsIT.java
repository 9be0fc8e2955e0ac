package io.cpdevents.accounts.localaccounts;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.accounts.AccountsIntegrationTest;
import io.cpdevents.accounts.People;
import io.cpdevents.contracts.accounts.ProfileEvent.ProfileChanged;
import io.cpdevents.platform.test.Answer;
import io.cpdevents.platform.test.RecordedEvents;
import io.cpdevents.platform.test.TestTokens;
import io.cpdevents.platform.time.BusinessClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ActiveProfiles;

@AccountsIntegrationTest
@ActiveProfiles("local")
@Import(LocalAccountsIT.LocalClock.class)
class LocalAccountsIT {

  /** What the clock lever of the local profile moves; these tests move their own. */
  static class LocalClock {
    @Bean
    BusinessClock businessClock() {
      return new BusinessClock(Duration.ZERO);
    }
  }

  @Autowired People people;
  @Autowired LocalAccounts localAccounts;
  @Autowired RecordedEvents events;
  @Autowired JdbcClient jdbc;

  @Test
  void there_is_somebody_for_each_platform_role_and_a_second_start_changes_nothing() {
    localAccounts.run(new DefaultApplicationArguments());

    for (String role : List.of("admin", "finance", "support")) {
      String email = role + "@cpd.local";
      Answer answer = people.logIn(email, "local demo password");
      assertThat(answer.status()).as(email).isEqualTo(201);
      Answer me = people.newcomer().as(TestTokens.bearer(people.idOf(email))).get("/api/v1/me");
      assertThat(me.body().path("platformRoles").path(0).asString()).isEqualTo("platform-" + role);
      events.await(
          ProfileChanged.class,
          profile -> profile.email().equals(email) && profile.emailVerified());
    }
    assertThat(jdbc.sql("SELECT max(version) FROM account").query(Long.class).single())
        .isEqualTo(2);
  }

  @Test
  void another_password_replaces_the_one_before() {
    jdbc.sql("UPDATE account SET password_hash = 'something else' WHERE email = 'admin@cpd.local'")
        .update();

    localAccounts.run(new DefaultApplicationArguments());

    people.logIn("admin@cpd.local", "local demo password").expect(201);
  }
}
