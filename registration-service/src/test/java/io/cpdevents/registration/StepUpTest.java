package io.cpdevents.registration;

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
          Map.entry("previewCancellation", "changes nothing"),
          Map.entry("quoteTickets", "changes nothing"),
          Map.entry("createRegistration", "takes places, and no money"),
          Map.entry("createEvent", "sells, and gives nothing back"),
          Map.entry("changeEvent", "sells, and gives nothing back"),
          Map.entry("publishEvent", "sells, and gives nothing back"),
          Map.entry("createPromoCode", "sells, and gives nothing back"),
          Map.entry("changePromoCode", "sells, and gives nothing back"),
          Map.entry("createTicketType", "sells, and gives nothing back"),
          Map.entry("changeTicketType", "sells, and gives nothing back"),
          Map.entry("deleteTicketType", "sells, and gives nothing back"));

  @Test
  void whatever_gives_money_away_asks_for_a_recent_proof_and_what_does_not_is_named() {
    assertThat(changes())
        .filteredOn(method -> !method.isAnnotatedWith(StepUp.class))
        .extracting(JavaMethod::getName)
        .containsExactlyInAnyOrderElementsOf(ASK_FOR_NONE.keySet());
  }

  @Test
  void the_cancellation_of_an_event_always_asks_for_it() {
    assertThat(changes())
        .filteredOn(method ->
            method.isAnnotatedWith(StepUp.class)
                && !method.getAnnotationOfType(StepUp.class).byUseCase())
        .extracting(JavaMethod::getName)
        .containsExactly("cancelEvent");
  }

  @Test
  void a_cancellation_asks_for_it_when_an_organization_gives_much_back() {
    assertThat(changes())
        .filteredOn(method ->
            method.isAnnotatedWith(StepUp.class)
                && method.getAnnotationOfType(StepUp.class).byUseCase())
        .extracting(JavaMethod::getName)
        .containsExactly("cancelRegistration");
  }

  private static Set<JavaMethod> changes() {
    return new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.cpdevents.registration")
            .stream()
            .filter(type -> type.isAnnotatedWith(RestController.class))
            .flatMap(controller -> controller.getMethods().stream())
            .filter(method -> CHANGES.stream().anyMatch(method::isAnnotatedWith))
            .collect(Collectors.toSet());
  }
}
