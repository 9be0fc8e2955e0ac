package io.cpdevents.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.driver.EventDraft;
import io.cpdevents.driver.Organization;
import io.cpdevents.driver.Person;
import io.cpdevents.driver.Wait;
import io.cpdevents.driver.World;
import io.cpdevents.driver.http.Answer;
import io.cpdevents.driver.http.Api;
import java.time.Duration;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** A program acts for an organization with an API key, as long as the key counts. */
@Journey
class ApiKeysIT {

  @Test
  void a_program_uses_a_key_until_it_is_revoked(World world) {
    Organization organization = world.anOrganization();
    Answer made = organization.makesApiKey("admin");
    Api program = world.api().bearing(made.text("key"));
    organization.owner().api().get(made.header("Location").orElseThrow()).expect(200);

    assertThat(world.mailbox().awaitMail(organization.owner().email(), "A new API key of ").text())
        .contains("with the role administrator");
    assertThat(program.get(organization.path() + "/events").expect(200).data()).isEmpty();
    String event = EventDraft.of(organization, 10).savedBy(program).toString();
    assertThat(program.get("/api/v1/me").code()).isEqualTo("api-key-refused");
    world.await(
        "the audit log tells for whom the key acted",
        () ->
            organization
                .owner()
                .api()
                .get(organization.path() + "/audit-log?limit=100")
                .expect(200)
                .data()
                .valueStream()
                .anyMatch(entry ->
                    entry.path("subjectId").asString().equals(event)
                        && entry.path("actorKind").asString().equals("api-key")
                        && entry.path("actorAccountId").asString().equals(made.id().toString())
                        && entry
                            .path("onBehalfOf")
                            .asString()
                            .equals(accountId(organization.owner()))));

    organization.owner().api().delete(organization.path() + "/api-keys/" + made.id()).expect(204);

    soon(world, () -> program.get(organization.path() + "/events").status() == 401);
  }

  @Test
  void a_key_ends_when_its_maker_leaves(World world) {
    Organization organization = world.anOrganization();
    Person ada = organization.member("Ada Admin", "admin");
    Answer made =
        ada.provenApi()
            .post(organization.path() + "/api-keys", Map.of("name", "Hers", "role", "staff"))
            .expect(201);
    Api program = world.api().bearing(made.text("key"));
    program.get(organization.path() + "/events").expect(200);

    ada.api().delete(organization.path() + "/members/" + accountId(ada)).expect(204);

    soon(world, () -> program.get(organization.path() + "/events").status() == 401);
  }

  private static void soon(World world, BooleanSupplier condition) {
    world.await(
        "the key is refused",
        Wait.atMost(Duration.ofSeconds(1)).lookingEvery(Duration.ofMillis(20)),
        condition);
  }

  private static String accountId(Person person) {
    return person.api().get("/api/v1/me").expect(200).text("accountId");
  }
}
