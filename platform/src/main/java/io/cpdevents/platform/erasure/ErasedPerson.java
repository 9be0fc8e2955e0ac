package io.cpdevents.platform.erasure;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whom accounts-service erases, as it tells when it is asked: never kept, never logged.
 *
 * @param formerNames what the person was called before; null from an earlier release
 * @param formerEmails the addresses that the person had before; null from an earlier release
 * @param emailSince when somebody else gave the address up that is the person's now; null: nobody
 *     did
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ErasedPerson(
    UUID accountId,
    String email,
    String name,
    @Nullable List<String> formerNames,
    @Nullable List<Address> formerEmails,
    @Nullable Instant emailSince) {

  /**
   * An address that is or was the person's.
   *
   * @param since when somebody else gave it up who had it before; null: nobody did
   * @param until when it was given up, where it is somebody else's by now; null: nobody else's
   */
  public record Address(String email, @Nullable Instant since, @Nullable Instant until) {

    @Override
    public String toString() {
      return "(hidden)";
    }
  }

  private static final int MAX_ASCII = 0x7F;

  /** The name on a ticket whose attendee was erased. */
  public static final String NOBODY = "(erased)";

  /** The address on such a ticket; no mail goes to that domain, by RFC 2606. */
  public static final String NOWHERE = "erased@erased.invalid";

  /** The address that the person has, and those from before. */
  public List<Address> addresses() {
    return Stream.concat(
            Stream.of(new Address(email, emailSince, null)),
            formerEmails == null ? Stream.of() : formerEmails.stream())
        .toList();
  }

  /** What the person is called, and was before. */
  public List<String> names() {
    return Stream.concat(Stream.of(name), formerNames == null ? Stream.of() : formerNames.stream())
        .toList();
  }

  /**
   * A regular expression of PostgreSQL for texts that say one of the addresses, or one of the names
   * that have several words, as words of their own.
   */
  public String mention() {
    return Stream.concat(
            // A word by itself is nobody's name: who is called "the" would take it out of all
            // texts.
            names().stream().filter(name -> name.strip().contains(" ")),
            addresses().stream().map(Address::email))
        // The borders are looked at and not taken: what follows may be mentioned, too.
        .map(words -> "(?<!\\w)" + quoted(words.strip()) + "(?!\\w)")
        .collect(Collectors.joining("|"));
  }

  private static String quoted(String words) {
    return words
        .codePoints()
        .mapToObj(ErasedPerson::quoted)
        .collect(Collectors.joining())
        .replaceAll("(\\\\s)+", "\\\\s+");
  }

  private static String quoted(int codePoint) {
    if (Character.isWhitespace(codePoint)) {
      return "\\s";
    }
    String text = Character.toString(codePoint);
    return Character.isLetterOrDigit(codePoint) || codePoint > MAX_ASCII ? text : "\\" + text;
  }

  @Override
  public String toString() {
    return "(hidden)";
  }
}
