package io.cpdevents.accounts.accounts;

import io.cpdevents.platform.error.FieldProblem;
import io.cpdevents.platform.error.RuleViolation;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * An e-mail address in normal form: without blanks around it and in lower case. Accounts are unique
 * by it. It is ASCII only, so that no two different addresses look the same.
 *
 * @param value at most 254 characters (RFC 5321)
 */
public record EmailAddress(String value) {

  private static final int MAX_LENGTH_CHARACTERS = 254;
  private static final int MAX_LOCAL_PART_LENGTH_CHARACTERS = 64;

  /**
   * The dot-atom of RFC 5322; its quoted strings and comments are refused, since nobody uses them.
   */
  private static final Pattern LOCAL_PART =
      Pattern.compile("[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*");

  private static final Pattern DOMAIN =
      Pattern.compile("([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
  private static final Pattern ASCII = Pattern.compile("\\p{ASCII}*");

  /**
   * The address that somebody typed.
   *
   * @throws RuleViolation {@code invalid-request}: field {@code email}, {@code invalid-email}
   */
  public static EmailAddress of(String raw) {
    String stripped = raw.strip();
    // ASCII is checked before lower-casing, which turns the Kelvin sign into a k.
    if (stripped.length() > MAX_LENGTH_CHARACTERS || !ASCII.matcher(stripped).matches()) {
      throw invalid();
    }
    String address = stripped.toLowerCase(Locale.ROOT);
    int at = address.lastIndexOf('@');
    if (at < 1
        || at > MAX_LOCAL_PART_LENGTH_CHARACTERS
        || !LOCAL_PART.matcher(address.substring(0, at)).matches()
        || !DOMAIN.matcher(address.substring(at + 1)).matches()) {
      throw invalid();
    }
    return new EmailAddress(address);
  }

  private static RuleViolation invalid() {
    return FieldProblem.INVALID_EMAIL.on("email");
  }
}
