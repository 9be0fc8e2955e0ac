package io.cpdevents.billing;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.cpdevents.platform.security.StepUp;
import java.lang.annotation.Annotation;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;

class StepUpTest {

  private static final List<Class<? extends Annotation>> CHANGES =
      List.of(PostMapping.class, PutMapping.class, PatchMapping.class, DeleteMapping.class);

  /** What asks for none, and why. A new endpoint stands here or has {@link StepUp}. */
  private static final Map<String, String> ASK_FOR_NONE =
      Map.ofEntries(
          Map.entry("previewRefund", "changes nothing"),
          Map.entry("previewPlanChange", "changes nothing"),
          Map.entry("startCheckout", "opens a page at Stripe, where who pays proves it"),
          Map.entry("setUpPaymentMethod", "opens a page at Stripe, where who pays proves it"),
          Map.entry(
              "chooseDefaultPaymentMethod", "is about what the organization pays the platform"),
          Map.entry("removePaymentMethod", "is about what the organization pays the platform"),
          Map.entry("changePlan", "is about what the organization pays the platform"),
          Map.entry("callOffPlanChange", "is about what the organization pays the platform"),
          Map.entry("cancelSubscription", "is about what the organization pays the platform"),
          Map.entry("resumeSubscription", "is about what the organization pays the platform"),
          Map.entry("startTrial", "is about what the organization pays the platform"),
          Map.entry("giveEvidence", "defends money"),
          Map.entry("uploadEvidence", "defends money"),
          Map.entry("settleNow", "repeats what was decided before"),
          Map.entry("replaySettlement", "repeats what was decided before"),
          Map.entry("replayStripeEvent", "repeats what was decided before"),
          Map.entry("reconcileDay", "repeats what was decided before"),
          Map.entry("takeResolutionBack", "stops a correction"),
          Map.entry("rejectResolution", "stops a correction"),
          Map.entry("proposeResolution", "corrects the ledger, by two people, and sends no money"),
          Map.entry("approveResolution", "corrects the ledger, by two people, and sends no money"),
          Map.entry("receiveStripeEvent", "is called by Stripe, which signs it"),
          Map.entry("receiveStripeConnectEvent", "is called by Stripe, which signs it"));

  @Test
  void whatever_gives_money_away_asks_for_a_recent_proof_and_what_does_not_is_named() {
    assertThat(changes())
        .filteredOn(method -> !method.isAnnotatedWith(StepUp.class))
        .extracting(JavaMethod::getName)
        .containsExactlyInAnyOrderElementsOf(ASK_FOR_NONE.keySet());
  }

  @Test
  void a_refund_is_judged_by_its_amount_and_nothing_else_is() {
    assertThat(changes())
        .filteredOn(method ->
            method.isAnnotatedWith(StepUp.class)
                && method.getAnnotationOfType(StepUp.class).byUseCase())
        .extracting(JavaMethod::getName)
        .containsExactly("requestRefund");
  }

  private static Set<JavaMethod> changes() {
    return new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.cpdevents.billing")
            .stream()
            .filter(type -> type.isAnnotatedWith(RestController.class))
            .flatMap(controller -> controller.getMethods().stream())
            .filter(method -> CHANGES.stream().anyMatch(method::isAnnotatedWith))
            .collect(Collectors.toSet());
  }
}
