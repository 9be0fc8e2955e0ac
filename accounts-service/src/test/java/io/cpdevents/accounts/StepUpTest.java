package io.cpdevents.accounts;

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
          Map.entry("signUp", "nobody is logged in"),
          Map.entry("verifyEmail", "nobody is logged in"),
          Map.entry("requestVerificationMail", "nobody is logged in"),
          Map.entry("logIn", "is a proof"),
          Map.entry("askForPasskey", "nobody is logged in"),
          Map.entry("logInWithPasskey", "is a proof"),
          Map.entry("stepUp", "is a proof"),
          Map.entry("requestPasswordReset", "nobody is logged in"),
          Map.entry("completePasswordReset", "the link is the proof"),
          Map.entry("confirmEmailChange", "link and password are the proof"),
          Map.entry("revertEmailChange", "the link is the proof"),
          Map.entry("changeMe", "name, language and time zone"),
          Map.entry("callErasureOff", "gives nothing away"),
          Map.entry("callFactorRemovalOff", "gives nothing away"),
          Map.entry("logOut", "only takes access away"),
          Map.entry("endSession", "only takes access away"),
          Map.entry("endSessions", "only takes access away"),
          Map.entry("endSessionsOfAccount", "only takes access away"),
          Map.entry("createOrganization", "gives nobody anything of others"),
          Map.entry("acceptInvitation", "the link is the proof of the address"),
          Map.entry("revokeInvitation", "only takes access away"),
          Map.entry("revokeApiKey", "only takes access away"),
          Map.entry("connectZoom", "one logs in at Zoom"),
          Map.entry("disconnectZoom", "only takes access away"),
          Map.entry("exchange", "a service of ours asks"));

  /** What asks for it only of some. */
  private static final Set<String> BY_USE_CASE =
      Set.of("changeOrganization", "removeMember", "confirmTotp");

  @Test
  void whatever_lets_somebody_in_asks_for_a_recent_proof_and_what_does_not_is_named() {
    assertThat(changes())
        .filteredOn(method -> !method.isAnnotatedWith(StepUp.class))
        .extracting(JavaMethod::getName)
        .containsExactlyInAnyOrderElementsOf(ASK_FOR_NONE.keySet());
  }

  @Test
  void what_asks_for_it_by_what_is_wanted_is_named() {
    assertThat(changes())
        .filteredOn(method ->
            method.isAnnotatedWith(StepUp.class)
                && method.getAnnotationOfType(StepUp.class).byUseCase())
        .extracting(JavaMethod::getName)
        .containsExactlyInAnyOrderElementsOf(BY_USE_CASE);
  }

  private static Set<JavaMethod> changes() {
    return new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.cpdevents.accounts")
            .stream()
            .filter(type -> type.isAnnotatedWith(RestController.class))
            .flatMap(controller -> controller.getMethods().stream())
            .filter(method -> CHANGES.stream().anyMatch(method::isAnnotatedWith))
            .collect(Collectors.toSet());
  }
}
