package io.cpdevents.platform.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.cpdevents.platform.Ids;
import io.cpdevents.platform.test.CpdIntegrationTest;
import io.cpdevents.testservice.TestService;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A service logs the texts of exceptions, and stores them with parked messages. */
@CpdIntegrationTest(classes = TestService.class)
class DatabaseErrorsIT {

  private static final String PERSON = "ada.lovelace@example.org";

  @Autowired JdbcClient jdbc;

  @Test
  void a_violated_check_is_named_without_the_row() {
    Throwable failure =
        catchThrowable(() ->
            jdbc.sql(
                    """
                    INSERT INTO outbox (topic, key, event_id, event_type, payload, occurred_at)
                    VALUES ('t', :person, :id, 'a type without a payload', NULL, now())
                    """)
                .param("person", PERSON)
                .param("id", Ids.next())
                .update());

    assertThat(failure).isInstanceOf(DataIntegrityViolationException.class);
    assertThat(texts(failure)).contains("outbox_check").doesNotContain(PERSON);
  }

  @Test
  void a_taken_key_is_named_without_its_value() {
    UUID id = Ids.next();
    insertThing(id);

    Throwable failure = catchThrowable(() -> insertThing(id));

    assertThat(failure).isInstanceOf(DataIntegrityViolationException.class);
    assertThat(texts(failure)).contains("thing_pkey").doesNotContain(id.toString(), PERSON);
  }

  private void insertThing(UUID id) {
    jdbc.sql("INSERT INTO thing (id, name) VALUES (:id, :name)")
        .param("id", id)
        .param("name", PERSON)
        .update();
  }

  private static String texts(Throwable failure) {
    StringBuilder texts = new StringBuilder();
    for (Throwable each = failure; each != null; each = each.getCause()) {
      texts.append(each).append('\n');
    }
    return texts.toString();
  }
}
