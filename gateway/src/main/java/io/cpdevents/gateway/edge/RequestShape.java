package io.cpdevents.gateway.edge;

import io.cpdevents.gateway.problem.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import java.util.BitSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a request must look like before anybody thinks about it. Two programs that read one odd path
 * differently are how people get to where no route leads, so there are no odd paths.
 */
final class RequestShape {

  private static final int MAX_PATH_CHARACTERS = 1024;
  private static final int MAX_QUERY_CHARACTERS = 4096;
  private static final String METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";
  private static final Set<String> ANSWERED = Set.of(METHODS.split(", "));

  /** RFC 3986 path characters without the semicolon, whose meaning nobody agrees on. */
  private static final BitSet PATH_CHARACTERS = characters("-._~!$&'()*+,=:@/");

  private static final BitSet UNRESERVED = characters("-._~");
  private static final BitSet QUERY_CHARACTERS = characters("-._~!$&'()*+,=:@/?;");

  private RequestShape() {}

  /** Refuses what is malformed: 400, 405 or 414. */
  static void check(HttpServletRequest request) {
    if (!ANSWERED.contains(request.getMethod())) {
      throw Refusal.methodNotAllowed(METHODS);
    }
    checkPath(request.getRequestURI());
    checkQuery(request.getQueryString());
    checkFraming(request);
  }

  static void checkPath(String path) {
    if (path.length() > MAX_PATH_CHARACTERS) {
      throw tooLong();
    }
    int segmentStart = 1;
    for (int i = 0; i <= path.length(); i++) {
      if (i == path.length() || path.charAt(i) == '/') {
        if (i > 0) {
          checkSegment(path, segmentStart, i);
        }
        segmentStart = i + 1;
      } else if (path.charAt(i) == '%') {
        // A letter, dot, slash, backslash, semicolon, percent or control character in disguise.
        int octet = octet(path, i);
        if (octet < ' ' || octet == 0x7f || UNRESERVED.get(octet) || "/\\;%".indexOf(octet) >= 0) {
          throw Refusal.malformed("The path holds an encoded character that may not be encoded.");
        }
      } else if (!PATH_CHARACTERS.get(path.charAt(i))) {
        throw Refusal.malformed("The path holds a character that it may not hold.");
      }
    }
  }

  private static void checkSegment(String path, int start, int end) {
    boolean last = end == path.length();
    if (start == end && !last) {
      throw Refusal.malformed("The path holds an empty segment.");
    }
    boolean dots = end - start <= 2 && end > start && path.charAt(start) == '.';
    if (dots && path.charAt(end - 1) == '.') {
      throw Refusal.malformed("The path holds a relative segment.");
    }
  }

  static void checkQuery(@Nullable String query) {
    if (query == null) {
      return;
    }
    if (query.length() > MAX_QUERY_CHARACTERS) {
      throw tooLong();
    }
    for (int i = 0; i < query.length(); i++) {
      if (query.charAt(i) == '%') {
        if (octet(query, i) == 0) {
          throw Refusal.malformed("The query holds a zero character.");
        }
      } else if (!QUERY_CHARACTERS.get(query.charAt(i))) {
        throw Refusal.malformed("The query holds a character that it may not hold.");
      }
    }
  }

  /** One way to say where a body ends, and one only (RFC 9112, 6.3). */
  private static void checkFraming(HttpServletRequest request) {
    if (request.getHeader("Transfer-Encoding") != null
        && request.getHeader("Content-Length") != null) {
      throw Refusal.malformed("The body's length is said in two ways.");
    }
  }

  private static int octet(String text, int percent) {
    if (percent + 2 >= text.length()) {
      throw Refusal.malformed("A percent sign is not followed by two hexadecimal digits.");
    }
    int high = Character.digit(text.charAt(percent + 1), 16);
    int low = Character.digit(text.charAt(percent + 2), 16);
    if (high < 0 || low < 0) {
      throw Refusal.malformed("A percent sign is not followed by two hexadecimal digits.");
    }
    return high * 16 + low;
  }

  private static Refusal tooLong() {
    return Refusal.of(414, "uri-too-long", "The address is too long.");
  }

  private static BitSet characters(String others) {
    BitSet set = new BitSet();
    set.set('a', 'z' + 1);
    set.set('A', 'Z' + 1);
    set.set('0', '9' + 1);
    others.chars().forEach(set::set);
    return set;
  }
}
