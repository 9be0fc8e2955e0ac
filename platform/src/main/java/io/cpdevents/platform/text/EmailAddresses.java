package io.cpdevents.platform.text;

import com.ibm.icu.text.IDNA;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The one form in which an e-mail address is stored, compared and shown: in lower case, without
 * blanks around it, its domain in ASCII. A domain that is typed as {@code bücher.example} is the
 * same as {@code xn--bcher-kva.example} (IDNA 2008). The part before the @ is ASCII only, so that
 * no two different addresses look the same.
 */
public final class EmailAddresses {

  /** The longest address that mail can reach (RFC 5321). */
  public static final int MAX_CHARACTERS = 254;

  private static final int MAX_LOCAL_PART_CHARACTERS = 64;

  /**
   * The dot-atom of RFC 5322; its quoted strings and comments are refused, since nobody uses them.
   */
  private static final Pattern LOCAL_PART =
      Pattern.compile("[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*");

  /** No top-level domain is a number (RFC 3696, 2): what ends in one is an address of a machine. */
  private static final Pattern DOMAIN =
      Pattern.compile(
          "([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+(?![0-9]+$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

  private static final Pattern ASCII = Pattern.compile("\\p{ASCII}*");

  private static final IDNA DOMAINS =
      IDNA.getUTS46Instance(
          IDNA.NONTRANSITIONAL_TO_ASCII
              | IDNA.USE_STD3_RULES
              | IDNA.CHECK_BIDI
              | IDNA.CHECK_CONTEXTJ);

  private EmailAddresses() {}

  /** The normal form of an address that somebody typed; empty when it is no address. */
  public static Optional<String> normalForm(String typed) {
    String stripped = TypedText.stripped(typed);
    int at = stripped.lastIndexOf('@');
    if (at < 1 || at > MAX_LOCAL_PART_CHARACTERS || stripped.length() > MAX_CHARACTERS) {
      return Optional.empty();
    }
    String localPart = stripped.substring(0, at);
    // ASCII is checked before lower-casing, which turns the Kelvin sign into a k.
    if (!ASCII.matcher(localPart).matches()) {
      return Optional.empty();
    }
    return inAscii(stripped.substring(at + 1))
        .map(domain -> localPart.toLowerCase(Locale.ROOT) + "@" + domain)
        .filter(address -> address.length() <= MAX_CHARACTERS)
        .filter(_ -> LOCAL_PART.matcher(localPart.toLowerCase(Locale.ROOT)).matches());
  }

  /** By UTS 46, as browsers do it: Java's own IDNA is that of 2003, which made ß another domain. */
  private static Optional<String> inAscii(String typed) {
    StringBuilder ascii = new StringBuilder();
    IDNA.Info info = new IDNA.Info();
    DOMAINS.nameToASCII(typed, ascii, info);
    return Optional.of(ascii.toString())
        .filter(_ -> !info.hasErrors())
        .filter(domain -> DOMAIN.matcher(domain).matches());
  }

  /**
   * An address by which somebody who knows it recognizes it, and nobody else reads it: {@code
   * a…@example.org}.
   */
  public static String masked(String address) {
    int at = address.lastIndexOf('@');
    return address.substring(0, address.offsetByCodePoints(0, 1)) + "…" + address.substring(at);
  }
}
