package io.cpdevents.notification.smtp;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.mail.internet.MimeUtility;
import java.io.UnsupportedEncodingException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * What people typed, as it stands in a header. Readers of mails decode what looks like an encoded
 * word (RFC 2047), whoever wrote it; a title such as {@code =?UTF-8?Q?a=0D=0ABcc:_b?=} would become
 * two lines there. So what looks like one is encoded itself, and is read as it was typed.
 */
final class HeaderText {

  /** A line with one has 76 characters at most: "Subject: ", and twelve around these in Base64. */
  private static final int MAX_WORD_OCTETS = 39;

  private static final String BEGINS_ENCODED_WORD = "=?";

  private HeaderText() {}

  /** One line of text in ASCII, which every reader shows as that line. */
  static String of(String line) {
    if (line.contains(BEGINS_ENCODED_WORD)) {
      return String.join(" ", words(line));
    }
    try {
      return MimeUtility.encodeText(line, UTF_8.name(), null);
    } catch (UnsupportedEncodingException e) {
      throw new IllegalStateException("UTF-8 is always there", e);
    }
  }

  /** No character is torn: each word is decoded by itself. */
  private static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    line.codePoints()
        .mapToObj(Character::toString)
        .forEach(character -> {
          if ((word + character).getBytes(UTF_8).length > MAX_WORD_OCTETS) {
            words.add(encoded(word));
            word.setLength(0);
          }
          word.append(character);
        });
    words.add(encoded(word));
    return words;
  }

  private static String encoded(CharSequence word) {
    return "=?UTF-8?B?%s?="
        .formatted(Base64.getEncoder().encodeToString(word.toString().getBytes(UTF_8)));
  }
}
