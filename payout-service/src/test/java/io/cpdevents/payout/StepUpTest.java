package io.cpdevents.payout;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.cpdevents.platform.security.StepUp;
import java.lang.annotation.Annotation;
import java.util.List;
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

  /** It stops money, and whoever is in a hurry to do that is not asked to prove anything first. */
  private static final Set<String> STOPS_MONEY = Set.of("holdPayout");

  @Test
  void whatever_moves_money_or_its_destination_asks_for_a_recent_proof() {
    Set<JavaMethod> endpoints =
        new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.cpdevents.payout")
                .stream()
                .filter(type -> type.isAnnotatedWith(RestController.class))
                .flatMap(controller -> controller.getMethods().stream())
                .filter(method -> CHANGES.stream().anyMatch(method::isAnnotatedWith))
                .filter(method -> !STOPS_MONEY.contains(method.getName()))
                .collect(Collectors.toSet());

    assertThat(endpoints)
        .hasSizeGreaterThan(4)
        .allMatch(method ->
            method.isAnnotatedWith(StepUp.class)
                && !method.getAnnotationOfType(StepUp.class).byUseCase());
  }
}
