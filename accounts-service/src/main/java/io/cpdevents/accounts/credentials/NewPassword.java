package io.cpdevents.accounts.credentials;

import io.cpdevents.accounts.passwords.Password;
import io.cpdevents.accounts.passwords.PasswordOwner;
import io.cpdevents.accounts.secrets.SecretText;
import io.cpdevents.platform.error.FieldProblem;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.error.RuleViolation.FieldError;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The field in which people choose another password. */
public final class NewPassword {

  private static final String FIELD = "newPassword";
  private static final PasswordOwner UNKNOWN = new PasswordOwner(null, null);

  private NewPassword() {}

  /** What is wrong with it, whoever chooses it; a request may lack it. */
  public static List<FieldError> faultsOf(@Nullable SecretText sent) {
    return sent == null
        ? List.of()
        : Password.faultOf(sent, UNKNOWN).map(fault -> fault.at(FIELD)).stream().toList();
  }

  /**
   * The password that this person chooses.
   *
   * @throws RuleViolation 400 {@code invalid-request}
   */
  static Password chosen(SecretText sent, PasswordOwner owner) {
    Optional<FieldProblem> fault = Password.faultOf(sent, owner);
    if (fault.isPresent()) {
      throw fault.get().on(FIELD);
    }
    return Password.typed(sent);
  }
}
