package io.cpdevents.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.cpdevents.platform.security.InternalEndpoint;
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

  private static final String BY_LINK = "the link that was mailed is the proof";
  private static final String PROOF = "is a proof itself";
  private static final String STOPS = "stops something, and nobody shall be kept from that";

  /** What asks for none, and why. A new endpoint stands here or has {@link StepUp}. */
  private static final Map<String, String> ASK_FOR_NONE =
      Map.ofEntries(
          Map.entry("signUp", "there is nobody yet"),
          Map.entry("verifyEmail", BY_LINK),
          Map.entry("requestVerificationMail", "sends a mail"),
          Map.entry("changeMe", "a name, a language and a time zone"),
          Map.entry("revokeApiKey", STOPS),
          Map.entry("confirmEmailChange", BY_LINK),
          Map.entry("revertEmailChange", BY_LINK),
          Map.entry("requestPasswordReset", "sends a mail"),
          Map.entry("completePasswordReset", BY_LINK),
          Map.entry("callErasureOff", STOPS),
          Map.entry("confirmTotp", "has its code; the secret asked for a proof"),
          Map.entry("revokeInvitation", STOPS),
          Map.entry("acceptInvitation", BY_LINK),
          Map.entry("createOrganization", "has nothing yet"),
          Map.entry("endSessionsOfAccount", STOPS),
          Map.entry("logIn", PROOF),
          Map.entry("logOut", STOPS),
          Map.entry("endSession", STOPS),
          Map.entry("endSessions", STOPS),
          Map.entry("stepUp", PROOF),
          Map.entry("connectZoom", "Zoom asks who it is"),
          Map.entry("disconnectZoom", STOPS));

  @Test
  void whatever_gives_rights_or_takes_them_asks_for_a_recent_proof_and_what_does_not_is_named() {
    assertThat(changes())
        .filteredOn(method -> !method.isAnnotatedWith(StepUp.class))
        .extracting(JavaMethod::getName)
        .containsExactlyInAnyOrderElementsOf(ASK_FOR_NONE.keySet());
  }

  private static Set<JavaMethod> changes() {
    return new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.cpdevents.accounts")
            .stream()
            .filter(type -> type.isAnnotatedWith(RestController.class))
            .flatMap(controller -> controller.getMethods().stream())
            .filter(method -> CHANGES.stream().anyMatch(method::isAnnotatedWith))
            .filter(method -> !method.isAnnotatedWith(InternalEndpoint.class))
            .collect(Collectors.toSet());
  }
}
