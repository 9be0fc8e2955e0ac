package io.cpdevents.gateway.connections;

import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/** An address as a proxy tells it, with or without a port, in the one form that counts. */
final class CallerAddress {

  private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
  private static final Pattern IPV4_WITH_PORT = Pattern.compile(IPV4.pattern() + ":\\d{1,5}");
  private static final Pattern BRACKETED = Pattern.compile("\\[[^\\]]*\\](:\\d{1,5})?");

  private CallerAddress() {}

  /** The address in its canonical form; empty when what was told is none. */
  static Optional<String> of(String told) {
    String address = withoutPort(told.strip());
    if (address.indexOf(':') < 0 && !IPV4.matcher(address).matches()) {
      // Java would read "1" and "127.1" as addresses, too.
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.ofLiteral(address).getHostAddress());
    } catch (IllegalArgumentException junk) {
      return Optional.empty();
    }
  }

  private static String withoutPort(String told) {
    if (IPV4_WITH_PORT.matcher(told).matches()) {
      return told.substring(0, told.indexOf(':'));
    }
    return BRACKETED.matcher(told).matches() ? told.substring(1, told.indexOf(']')) : told;
  }
}
