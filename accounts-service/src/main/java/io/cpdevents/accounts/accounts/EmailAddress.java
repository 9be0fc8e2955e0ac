package io.cpdevents.accounts.accounts;

import io.cpdevents.platform.error.RuleViolation;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * An e-mail address in the one form by which accounts are told apart: without blanks around it and
 * in lower case. ASCII only, so no two addresses look alike and are not.
 *
 * @param value at most 254 characters (RFC 5321)
 */
public record EmailAddress(String value) {

  private static final int MAX_LENGTH_CHARACTERS = 254;
  private static final int MAX_LOCAL_PART_LENGTH_CHARACTERS = 64;

  /** The dot-atom of RFC 5322, without what nobody uses: quotes, comments, address literals. */
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
    // Checked before the case is changed: a Kelvin sign would become a k.
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
    return RuleViolation.invalidField("email", "invalid-email");
  }
}
