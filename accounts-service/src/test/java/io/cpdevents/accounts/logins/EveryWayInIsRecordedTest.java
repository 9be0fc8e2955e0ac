package io.cpdevents.accounts.logins;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.cpdevents.accounts.accounts.ProvideAccount;
import io.cpdevents.accounts.accounts.RequestVerificationMail;
import io.cpdevents.accounts.accounts.SignUp;
import io.cpdevents.accounts.accounts.VerifyEmail;
import io.cpdevents.accounts.credentials.RequestPasswordReset;
import io.cpdevents.accounts.passkeys.AskForPasskey;
import io.cpdevents.accounts.passwords.Password;
import io.cpdevents.accounts.passwords.PasswordHashing;
import io.cpdevents.platform.idempotency.ChangesNothing;
import io.cpdevents.platform.security.Credential;
import io.cpdevents.platform.security.PublicEndpoint;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;

class EveryWayInIsRecordedTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.cpdevents.accounts");

  /** What people without a session may call and that lets nobody in, whatever they send. */
  private static final Set<Class<?>> LET_NOBODY_IN =
      Set.of(
          SignUp.class,
          RequestVerificationMail.class,
          RequestPasswordReset.class,
          AskForPasskey.class);

  @Test
  void no_stranger_stores_a_row_with_each_request() {
    assertThat(
            CLASSES.stream()
                .flatMap(type -> type.getMethods().stream())
                .filter(method -> method.isAnnotatedWith(PublicEndpoint.class))
                .filter(method -> method.isAnnotatedWith(PostMapping.class))
                .filter(method -> !method.isAnnotatedWith(ChangesNothing.class))
                .filter(method ->
                    method.getRawParameterTypes().stream()
                        .noneMatch(EveryWayInIsRecordedTest::takesCredential))
                .map(JavaMethod::getName))
        .as("an answer is stored under its Idempotency-Key; these have a limit of their own")
        .containsExactlyInAnyOrder("requestVerificationMail", "requestPasswordReset");
  }

  /** Of a body with a credential nothing is stored. */
  private static boolean takesCredential(JavaClass body) {
    return body.getFields().stream()
        .anyMatch(field -> field.getRawType().isAssignableTo(Credential.class));
  }

  @Test
  void nothing_else_makes_a_proof() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName(MakeAttempt.class.getName())
        .should()
        .callConstructor(Proof.class, java.util.UUID.class, java.time.Instant.class, boolean.class)
        .because("an attempt that is not made there is not recorded")
        .check(CLASSES);
  }

  @Test
  void nobody_compares_a_password_beside_an_attempt() {
    assertThat(
            CLASSES
                .get(PasswordHashing.class)
                .getMethod("matches", Password.class, String.class)
                .getCallsOfSelf()
                .stream()
                .map(call -> call.getOriginOwner().getFullName()))
        .as("each in the check of an attempt; ProvideAccount in the profile local alone")
        .containsOnly(
            ProvePassword.class.getName(),
            VerifyEmail.class.getName(),
            ProvideAccount.class.getName());
    assertThat(makesAttempts(CLASSES.get(VerifyEmail.class), new HashSet<>())).isTrue();
    assertThat(makesAttempts(CLASSES.get(ProvePassword.class), new HashSet<>())).isTrue();
  }

  @Test
  void nobody_opens_or_proves_a_session_or_sets_a_password_or_an_address_without_a_proof() {
    for (String guarded :
        Set.of(
            "sessions.Sessions.add",
            "sessions.Sessions.prove",
            "sessions.Sessions.proveFactor",
            "factors.AddFactor.handle",
            "accounts.SetPassword.handle",
            "accounts.SetEmail.handle")) {
      int dot = guarded.lastIndexOf('.');
      JavaClass owner = CLASSES.get("io.cpdevents.accounts." + guarded.substring(0, dot));
      assertThat(
              owner.getMethods().stream()
                  .filter(method -> method.getName().equals(guarded.substring(dot + 1))))
          .as(guarded)
          .isNotEmpty()
          .allMatch(method ->
              method.getRawParameterTypes().stream()
                  .anyMatch(type -> type.isEquivalentTo(Proof.class)));
    }
  }

  /** A new way to log in is an endpoint for people who have no session yet. */
  @Test
  void whatever_people_without_a_session_may_call_makes_an_attempt_or_lets_nobody_in() {
    Set<JavaMethod> open =
        CLASSES.stream()
            .flatMap(type -> type.getMethods().stream())
            .filter(method -> method.isAnnotatedWith(PublicEndpoint.class))
            .filter(method -> !method.isAnnotatedWith(GetMapping.class))
            .collect(Collectors.toSet());
    Set<JavaClass> useCases =
        open.stream()
            .flatMap(method -> method.getMethodCallsFromSelf().stream())
            .filter(call -> call.getName().equals("handle"))
            .map(call -> call.getTargetOwner())
            .collect(Collectors.toSet());

    assertThat(open).hasSizeGreaterThan(5);
    assertThat(useCases)
        .hasSameSizeAs(open)
        .allMatch(useCase ->
            LET_NOBODY_IN.stream().anyMatch(useCase::isEquivalentTo)
                || makesAttempts(useCase, new HashSet<>()));
  }

  private static boolean makesAttempts(JavaClass type, Set<JavaClass> seen) {
    return type.isEquivalentTo(MakeAttempt.class)
        || (seen.add(type)
            && type.getMethodCallsFromSelf().stream()
                .map(call -> call.getTargetOwner())
                .filter(owner -> owner.getPackageName().startsWith("io.cpdevents.accounts"))
                .anyMatch(owner -> makesAttempts(owner, seen)));
  }
}
