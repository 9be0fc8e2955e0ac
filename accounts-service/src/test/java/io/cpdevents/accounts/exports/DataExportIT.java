package io.cpdevents.accounts.exports;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.accounts.AccountsIntegrationTest;
import io.cpdevents.accounts.People;
import io.cpdevents.accounts.People.LoggedIn;
import io.cpdevents.platform.test.Answer;
import io.cpdevents.platform.test.ApiClient;
import io.cpdevents.platform.test.AtOnce;
import io.cpdevents.platform.test.MutableClock;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** That other services answer is shown by the journey; here they are away. */
@AccountsIntegrationTest
class DataExportIT {

  private static final String EXPORTS = "/api/v1/me/data-exports";

  @Autowired People people;
  @Autowired MutableClock clock;
  @Autowired JdbcClient jdbc;
  @Autowired ExpireDataExports expireDataExports;
  @Autowired DataExports exports;
  @Autowired ArchiveEncryption encryption;

  @Test
  void asking_at_the_same_time_is_one_export_and_nobody_else_sees_it() {
    LoggedIn person = people.somebody();

    List<Answer> answers = AtOnce.times(6, () -> as(person).post(EXPORTS));

    assertThat(answers).allMatch(answer -> answer.status() == 202);
    assertThat(answers.stream().map(Answer::id).distinct()).hasSize(1);
    String path = EXPORTS + "/" + answers.getFirst().id();
    assertThat(as(person).get(path).expect(200).text("status")).isEqualTo("running");
    as(person).get(path + "/archive").refused(404, "data-export-not-found");
    as(people.somebody()).get(path).refused(404, "data-export-not-found");
    people.newcomer().get(path).refused(401, "session-missing");
  }

  @Test
  void an_archive_is_encrypted_in_the_database_and_removed_after_three_days() {
    LoggedIn person = people.somebody();
    UUID id = as(person).post(EXPORTS).expect(202).id();
    byte[] plain = "all that is known".getBytes(UTF_8);
    byte[] sealed = encryption.encrypt(id, plain);
    assertThat(new String(sealed, ISO_8859_1)).doesNotContain("known");
    assertThat(encryption.decrypt(id, sealed)).contains(plain);
    assertThat(encryption.decrypt(UUID.randomUUID(), sealed)).isEmpty();
    exports.save(
        id, DataExportStatus.READY, sealed, clock.instant().plus(MakeDataExports.AVAILABLE_TIME));
    String path = EXPORTS + "/" + id;
    assertThat(as(person).get(path).expect(200).text("url")).endsWith(path + "/archive");
    Answer archive = as(person).get(path + "/archive").expect(200);
    assertThat(archive.bytes()).isEqualTo(plain);
    assertThat(archive.header("Cache-Control")).contains("no-store");
    as(people.somebody()).get(path + "/archive").refused(404, "data-export-not-found");

    clock.advance(MakeDataExports.AVAILABLE_TIME);

    assertThat(as(person).get(path).expect(200).text("status")).isEqualTo("expired");
    as(person).get(path + "/archive").refused(404, "data-export-not-found");
    assertThat(expireDataExports.handle()).isPositive();
    assertThat(expireDataExports.handle()).isZero();
    assertThat(
            jdbc.sql("SELECT count(*) FROM data_export WHERE id = :id AND archive IS NULL")
                .param("id", id)
                .query(Integer.class)
                .single())
        .isOne();
  }

  private ApiClient as(LoggedIn person) {
    return people.newcomer().as(person.bearer());
  }
}
