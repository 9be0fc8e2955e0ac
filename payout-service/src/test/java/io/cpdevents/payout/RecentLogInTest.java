package io.cpdevents.payout;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.cpdevents.payout.payouts.HoldPayout;
import io.cpdevents.platform.security.RecentLogIn;
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

class RecentLogInTest {

  private static final List<Class<? extends Annotation>> CHANGES =
      List.of(PostMapping.class, PutMapping.class, PatchMapping.class, DeleteMapping.class);

  /** It stops money, and whoever is in a hurry to do that is not asked to log in first. */
  private static final Set<String> STOPS_MONEY = Set.of(HoldPayout.class.getName());

  @Test
  void whatever_moves_money_or_its_destination_asks_for_a_recent_log_in() {
    Set<JavaClass> useCases =
        new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.cpdevents.payout")
                .stream()
                .filter(type -> type.isAnnotatedWith(RestController.class))
                .flatMap(controller -> controller.getMethods().stream())
                .filter(RecentLogInTest::changesSomething)
                .flatMap(method -> method.getMethodCallsFromSelf().stream())
                .filter(call -> call.getName().equals("handle"))
                .map(call -> call.getTargetOwner())
                .filter(useCase -> !STOPS_MONEY.contains(useCase.getName()))
                .collect(Collectors.toSet());

    assertThat(useCases).hasSizeGreaterThan(4).allMatch(RecentLogInTest::asksForLogIn);
  }

  private static boolean changesSomething(JavaMethod method) {
    return CHANGES.stream().anyMatch(method::isAnnotatedWith);
  }

  private static boolean asksForLogIn(JavaClass useCase) {
    return useCase.getMethodCallsFromSelf().stream()
        .anyMatch(call ->
            call.getTargetOwner().isEquivalentTo(RecentLogIn.class)
                && call.getName().equals("require"));
  }
}
