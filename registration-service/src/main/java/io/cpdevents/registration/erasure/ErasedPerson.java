package io.cpdevents.registration.erasure;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whom accounts-service erases, as it tells when it is asked: never kept, never logged. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ErasedPerson(
    UUID accountId,
    String email,
    String name,
    @Nullable List<String> formerEmails,
    @Nullable List<String> formerNames) {

  /** The name on a ticket whose attendee was erased. */
  public static final String NOBODY = "(erased)";

  /** The address on such a ticket; no mail goes to that domain, by RFC 2606. */
  public static final String NOWHERE = "erased@erased.invalid";

  /** All by which they may have been named, in small letters. */
  public List<String> emails() {
    return all(email, formerEmails);
  }

  /** All that they have been called, in small letters. */
  public List<String> names() {
    return all(name, formerNames);
  }

  private static List<String> all(String present, @Nullable List<String> former) {
    return Stream.concat(Stream.of(present), former == null ? Stream.of() : former.stream())
        .map(each -> each.toLowerCase(Locale.ROOT))
        .distinct()
        .toList();
  }

  @Override
  public String toString() {
    return "(hidden)";
  }
}
