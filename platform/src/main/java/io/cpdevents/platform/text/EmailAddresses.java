package io.cpdevents.platform.text;

import java.net.IDN;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The one form in which an e-mail address is stored, compared and shown: in lower case, without
 * blanks around it, its domain in ASCII. A domain that is typed as {@code bücher.example} is the
 * same as {@code xn--bcher-kva.example} (IDNA). The part before the @ is ASCII only, so that no two
 * different addresses look the same.
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

  private static final Pattern DOMAIN =
      Pattern.compile("([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

  private static final Pattern ASCII = Pattern.compile("\\p{ASCII}*");

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

  /**
   * Java knows IDNA of 2003, which turns a few letters into others: {@code faß.de} would become
   * {@code fass.de}, another domain. So what does not come back as it was typed is refused.
   */
  private static Optional<String> inAscii(String typed) {
    String domain = Normalizer.normalize(typed, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
    try {
      String ascii = IDN.toASCII(domain, IDN.USE_STD3_ASCII_RULES);
      return Optional.of(ascii)
          .filter(name -> DOMAIN.matcher(name).matches())
          .filter(name -> name.equals(domain) || IDN.toUnicode(name).equals(domain));
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }
}
