package io.cpdevents.platform.http;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** From which network a request comes: what one customer of a provider has. */
public final class CallerNetwork {

  private static final int IPV6_NETWORK_BYTES = 7;

  private CallerNetwork() {}

  /**
   * The IPv4 address, or the /56 network of an IPv6 address, as the gateway has seen it; empty for
   * this machine's own, which tells nothing about who calls.
   */
  public static Optional<String> of(HttpServletRequest request) {
    return of(request.getRemoteAddr());
  }

  static Optional<String> of(String told) {
    try {
      InetAddress address = InetAddress.ofLiteral(told);
      if (address.isLoopbackAddress() || address.isAnyLocalAddress()) {
        return Optional.empty();
      }
      byte[] bytes = address.getAddress();
      int kept = bytes.length > IPV6_NETWORK_BYTES ? IPV6_NETWORK_BYTES : bytes.length;
      return Optional.of(HexFormat.of().formatHex(Arrays.copyOf(bytes, kept)));
    } catch (IllegalArgumentException noAddress) {
      return Optional.empty();
    }
  }
}
