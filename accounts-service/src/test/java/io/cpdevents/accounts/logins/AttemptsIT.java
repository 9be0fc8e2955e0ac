package io.cpdevents.accounts.logins;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.accounts.AccountsIntegrationTest;
import io.cpdevents.accounts.People;
import io.cpdevents.contracts.accounts.AccountEvent.NewDeviceSeen;
import io.cpdevents.platform.test.Answer;
import io.cpdevents.platform.test.ApiClient;
import io.cpdevents.platform.test.MutableClock;
import io.cpdevents.platform.test.RecordedEvents;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

@AccountsIntegrationTest
class AttemptsIT {

  private static final String FIREFOX =
      "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

  @Autowired People people;
  @Autowired RecordedEvents events;
  @Autowired JdbcClient jdbc;
  @Autowired MutableClock clock;
  @Autowired RemoveOldLogins removeOldLogins;

  @Test
  void the_owner_is_told_of_a_new_device_and_not_of_the_first_one_or_of_its_neighbourhood() {
    String email = people.newEmail();
    UUID accountId = people.verified(email);
    ApiClient laptop = people.newcomer().with("User-Agent", FIREFOX);
    people.logIn(at(laptop, "198.51.100.7"), email, People.PASSWORD).expect(201);
    people.logIn(at(laptop, "198.51.100.9"), email, People.PASSWORD).expect(201);
    assertThat(newDevicesOf(accountId)).isZero();

    people.logIn(at(laptop, "192.0.2.9"), email, "not the password").expect(401);
    people.logIn(at(laptop, "192.0.2.9"), email, People.PASSWORD).expect(201);
    people.logIn(at(laptop, "192.0.2.9"), email, People.PASSWORD).expect(201);

    NewDeviceSeen seen =
        events.await(NewDeviceSeen.class, event -> event.accountId().equals(accountId));
    Answer content =
        people.internal().get("/internal/log-in-devices/" + seen.loginId()).expect(200);
    assertThat(content.text("device")).isEqualTo("Firefox on Linux");
    assertThat(content.text("ipAddress")).isEqualTo("192.0.2.9");
    people
        .internal()
        .get("/internal/log-in-devices/" + UUID.randomUUID())
        .refused(404, "mail-not-found");
    ApiClient program = people.newcomer().with("User-Agent", "curl/8.5");
    people.logIn(at(program, "192.0.2.9"), email, People.PASSWORD).expect(201);
    events.await(
        NewDeviceSeen.class, event -> event.accountId().equals(accountId) && !event.equals(seen));
    assertThat(newDevicesOf(accountId)).isEqualTo(2);
  }

  @Test
  void who_comes_back_after_so_long_that_nothing_is_recorded_is_told_too() {
    String email = people.newEmail();
    UUID accountId = people.verified(email);
    people.logIn(email).expect(201);
    clock.advance(RemoveOldLogins.RETENTION.plusDays(1));
    while (removeOldLogins.handle() > 0) {
      // until nothing is left to remove
    }

    people.logIn(email).expect(201);

    events.await(NewDeviceSeen.class, event -> event.accountId().equals(accountId));
  }

  @Test
  void a_hash_of_weaker_parameters_is_upgraded_at_the_next_log_in_and_no_other() {
    String email = people.newEmail();
    UUID accountId = people.verified(email);
    String weaker = new Argon2PasswordEncoder(16, 32, 1, 4_096, 1).encode(People.PASSWORD);
    jdbc.sql("UPDATE account SET password_hash = :hash WHERE id = :id")
        .param("hash", weaker)
        .param("id", accountId)
        .update();

    people.logIn(email, "not the password").expect(401);
    assertThat(hashOf(accountId)).isEqualTo(weaker);
    people.logIn(email).expect(201);

    String upgraded = hashOf(accountId);
    assertThat(upgraded).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
    people.logIn(email).expect(201);
    assertThat(hashOf(accountId)).isEqualTo(upgraded);
  }

  private static ApiClient at(ApiClient client, String address) {
    return client.with("X-Forwarded-For", address);
  }

  private long newDevicesOf(UUID accountId) {
    return events.all(NewDeviceSeen.class).stream()
        .filter(event -> event.accountId().equals(accountId))
        .count();
  }

  private String hashOf(UUID accountId) {
    return jdbc.sql("SELECT password_hash FROM account WHERE id = :id")
        .param("id", accountId)
        .query(String.class)
        .single();
  }
}
