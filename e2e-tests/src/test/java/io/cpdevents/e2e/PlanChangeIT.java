package io.cpdevents.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.driver.Card;
import io.cpdevents.driver.Organization;
import io.cpdevents.driver.World;
import io.cpdevents.driver.http.Answer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@Journey
class PlanChangeIT {

  private static final String STARTER = "starter";
  private static final String PROFESSIONAL = "professional";
  private static final int STARTER_PUBLICATIONS = 10;
  private static final String CONFIRM = "Please confirm the payment: the Professional plan of";
  private static final String ANY_SUBJECT = "";
  private static final String CHANGED = "has changed from Starter to Professional";
  private static final String SMALLER = "has changed from Professional to Starter";
  private static final String SCHEDULED = "The Starter plan of";
  private static final String STAYS = "to the Starter plan was called off";

  @Test
  void an_upgrade_waits_for_the_bank_and_a_downgrade_is_called_off_and_comes(World world) {
    Organization organization = world.anOrganization();
    String owner = organization.owner().email();
    organization.savesCard(Card.PAYS);
    JsonNode starter = organization.previewsPlan(STARTER);
    assertThat(starter.at("/dueNow/amountMinor").asLong()).isEqualTo(29_00);
    assertThat(organization.changesPlan(starter).path("planId").asString()).isEqualTo(STARTER);
    world.await(
        "the limits of Starter hold",
        () -> organization.usage().at("/publications/limit").asInt(0) == STARTER_PUBLICATIONS);

    world.leaps(Duration.ofDays(3));
    organization.choosesCard(organization.savesCard(Card.IS_AUTHENTICATED));
    JsonNode preview = organization.previewsPlan(PROFESSIONAL);
    Answer asked = organization.triesToChangePlan(preview).expect(402);
    assertThat(asked.text("code")).isEqualTo("authentication-required");
    world.mailbox().awaitMail(owner, CONFIRM, "/organizations/" + organization.id());
    assertThat(planOf(organization)).isEqualTo(STARTER);
    world.stripe().authenticates(asked.text("url"));
    world.mailbox().awaitMail(owner, ANY_SUBJECT, CHANGED);
    assertThat(planOf(organization)).isEqualTo(PROFESSIONAL);
    assertThat(organization.invoices().get(0).path("paid")).isEqualTo(preview.path("dueNow"));

    for (int i = 0; i <= STARTER_PUBLICATIONS; i++) {
      organization.publishes(5, 0);
    }
    JsonNode smaller = organization.previewsPlan(STARTER);
    assertThat(smaller.at("/exceeds/0/limit").asString()).isEqualTo("publications");
    assertThat(smaller.at("/exceeds/0/used").asInt()).isEqualTo(STARTER_PUBLICATIONS + 1);
    assertThat(smaller.at("/exceeds/0/allowed").asInt()).isEqualTo(STARTER_PUBLICATIONS);
    organization.choosesCard(organization.cards().getLast());
    JsonNode scheduled = organization.changesPlan(smaller);
    assertThat(scheduled.at("/scheduledChange/planId").asString()).isEqualTo(STARTER);
    world.mailbox().awaitMail(owner, SCHEDULED, "You can call it off");
    assertThat(organization.callsOffPlanChange().path("scheduledChange").isNull()).isTrue();
    world.mailbox().awaitMail(owner, ANY_SUBJECT, STAYS);

    organization.changesPlan(organization.previewsPlan(STARTER));
    world.leaps(Duration.ofDays(31));
    world.mailbox().awaitMail(owner, ANY_SUBJECT, SMALLER);
    assertThat(planOf(organization)).isEqualTo(STARTER);
    world.await(
        "the limits of Starter hold",
        () -> organization.usage().at("/publications/limit").asInt(0) == STARTER_PUBLICATIONS);
    assertThat(world.mailbox().find(owner, ANY_SUBJECT, CHANGED)).hasSize(1);
  }

  private static String planOf(Organization organization) {
    return organization.subscription().path("planId").asString();
  }
}
