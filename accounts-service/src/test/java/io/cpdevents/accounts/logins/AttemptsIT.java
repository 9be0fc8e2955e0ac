package io.cpdevents.accounts.logins;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.accounts.AccountsIntegrationTest;
import io.cpdevents.accounts.People;
import io.cpdevents.accounts.origin.RequestOrigin;
import io.cpdevents.contracts.accounts.AccountEvent.NewDeviceSeen;
import io.cpdevents.platform.test.Answer;
import io.cpdevents.platform.test.ApiClient;
import io.cpdevents.platform.test.MutableClock;
import io.cpdevents.platform.test.RecordedEvents;
import java.sql.Timestamp;
import java.time.Duration;
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
  @Autowired Logins logins;

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
  void a_browser_is_known_by_its_cookie_wherever_it_is_and_by_nothing_else_where_it_sends_one() {
    String email = people.newEmail();
    UUID accountId = people.verified(email);
    ApiClient own = people.newcomer().with("X-Cpd-Device", "d".repeat(43));
    people.logIn(at(own.with("User-Agent", FIREFOX), "198.51.100.7"), email, People.PASSWORD);
    assertThat(
            people
                .logIn(at(own.with("User-Agent", "curl/8.5"), "192.0.2.9"), email, People.PASSWORD)
                .expect(201)
                .headers()
                .get("Set-Cookie"))
        .element(1)
        .asString()
        .startsWith("cpd-device=" + "d".repeat(43))
        .contains("HttpOnly");
    assertThat(newDevicesOf(accountId)).isZero();

    // Another browser, beside the owner's.
    ApiClient other = people.newcomer().with("X-Cpd-Device", "e".repeat(43));
    people.logIn(at(other.with("User-Agent", FIREFOX), "198.51.100.7"), email, People.PASSWORD);

    events.await(NewDeviceSeen.class, event -> event.accountId().equals(accountId));
    assertThat(newDevicesOf(accountId)).isOne();
  }

  @Test
  void where_a_thief_has_been_before_the_password_was_reset_is_not_the_owners_place() {
    String email = people.newEmail();
    UUID accountId = people.verified(email);
    ApiClient browser = people.newcomer().with("X-Cpd-Device", "f".repeat(43));
    people.logIn(at(browser, "203.0.113.77"), email, People.PASSWORD).expect(201);
    RequestOrigin there = new RequestOrigin("203.0.113.77", "curl", null);
    RequestOrigin elsewhere = new RequestOrigin("192.0.2.55", "curl", null);
    assertThat(logins.hasSucceededFrom(accountId, there)).isTrue();
    assertThat(logins.hasSucceededFrom(accountId, elsewhere)).isFalse();

    clock.advance(Duration.ofMinutes(1));
    jdbc.sql(
            """
            INSERT INTO login (id, account_id, purpose, method, outcome, device, ip_address, network,
                               area, attempted_at)
            VALUES (gen_random_uuid(), :accountId, 'password-reset', 'email-link', 'succeeded', 'curl',
                    '192.0.2.55', '192.0.2.55', 'c00002/24', :now)
            """)
        .param("accountId", accountId)
        .param("now", Timestamp.from(clock.instant()))
        .update();

    assertThat(logins.hasSucceededFrom(accountId, there)).isFalse();
    assertThat(logins.hasSucceededFrom(accountId, elsewhere)).as("the owner was here").isTrue();
    people.logIn(at(browser, "203.0.113.77"), email, People.PASSWORD).expect(201);
    assertThat(logins.hasSucceededFrom(accountId, there)).isTrue();
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
