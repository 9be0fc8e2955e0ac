package io.cpdevents.registration;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaMethod;
import io.cpdevents.platform.security.StepUp;
import io.cpdevents.platform.test.ChangingEndpoints;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StepUpTest {

  /** What asks for none, and why. A new endpoint stands here or has {@link StepUp}. */
  private static final Map<String, String> ASK_FOR_NONE =
      Map.ofEntries(
          Map.entry("previewCancellation", "changes nothing"),
          Map.entry("quoteTickets", "changes nothing"),
          Map.entry("createRegistration", "takes places, and no money"),
          Map.entry("prepareClosing", "a service of ours asks"),
          Map.entry("createEvent", "sells, and gives nothing back"),
          Map.entry("changeEvent", "sells, and gives nothing back"),
          Map.entry("copyEvent", "sells, and gives nothing back"),
          Map.entry("replaceQuestions", "asks, and gives nothing back"),
          Map.entry("publishEvent", "sells, and gives nothing back"),
          Map.entry("joinWaitlist", "waits, and takes no money"),
          Map.entry("leaveWaitlist", "gives back what was offered, and no money"),
          Map.entry("acceptOffer", "takes places, and no money"),
          Map.entry("moveWaitlistEntry", "sells, and gives nothing back"),
          Map.entry("createQuota", "sells, and gives nothing back"),
          Map.entry("changeQuota", "sells, and gives nothing back"),
          Map.entry("deleteQuota", "sells, and gives nothing back"),
          Map.entry("checkInTicket", "lets somebody in, and gives no money back"),
          Map.entry("uploadScans", "lets somebody in, and gives no money back"),
          Map.entry("undoCheckIn", "lets nobody in, and gives no money back"),
          Map.entry("addNote", "gives no money back"),
          Map.entry("removeNote", "gives no money back"),
          Map.entry("transferTicket", "gives a place to somebody else, and no money"),
          Map.entry("setTransferRules", "gives no money back"),
          Map.entry("createPromoCode", "sells, and gives nothing back"),
          Map.entry("changePromoCode", "sells, and gives nothing back"),
          Map.entry("createTicketType", "sells, and gives nothing back"),
          Map.entry("changeTicketType", "sells, and gives nothing back"),
          Map.entry("deleteTicketType", "sells, and gives nothing back"));

  @Test
  void whatever_gives_money_away_asks_for_a_recent_proof_and_what_does_not_is_named() {
    assertThat(ChangingEndpoints.in("io.cpdevents.registration"))
        .filteredOn(method -> !method.isAnnotatedWith(StepUp.class))
        .extracting(JavaMethod::getName)
        .containsExactlyInAnyOrderElementsOf(ASK_FOR_NONE.keySet());
  }

  @Test
  void the_cancellation_of_an_event_always_asks_for_it() {
    assertThat(ChangingEndpoints.in("io.cpdevents.registration"))
        .filteredOn(method ->
            method.isAnnotatedWith(StepUp.class)
                && !method.getAnnotationOfType(StepUp.class).byUseCase())
        .extracting(JavaMethod::getName)
        .containsExactly("cancelEvent");
  }

  @Test
  void a_cancellation_asks_for_it_when_an_organization_gives_much_back() {
    assertThat(ChangingEndpoints.in("io.cpdevents.registration"))
        .filteredOn(method ->
            method.isAnnotatedWith(StepUp.class)
                && method.getAnnotationOfType(StepUp.class).byUseCase())
        .extracting(JavaMethod::getName)
        .containsExactly("cancelRegistration");
  }
}
