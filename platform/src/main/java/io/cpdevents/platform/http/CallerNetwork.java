package io.cpdevents.platform.http;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * From which network a request comes.
 *
 * @param subscriber what one customer of a provider has: the IPv4 address, or the /56 network of an
 *     IPv6 address
 * @param allotment what anybody gets for nothing, in which there may be many subscribers: the IPv4
 *     address, or the /48 network of an IPv6 address
 */
public record CallerNetwork(String subscriber, String allotment) {

  private static final int IPV6_SUBSCRIBER_BYTES = 7;
  private static final int IPV6_ALLOTMENT_BYTES = 6;

  /**
   * The network as the gateway has seen it; empty for this machine's own, which tells nothing about
   * who calls.
   */
  public static Optional<CallerNetwork> of(HttpServletRequest request) {
    return of(request.getRemoteAddr());
  }

  static Optional<CallerNetwork> of(String told) {
    try {
      InetAddress address = InetAddress.ofLiteral(told);
      if (address.isLoopbackAddress() || address.isAnyLocalAddress()) {
        return Optional.empty();
      }
      byte[] bytes = address.getAddress();
      return Optional.of(
          new CallerNetwork(
              first(bytes, IPV6_SUBSCRIBER_BYTES), first(bytes, IPV6_ALLOTMENT_BYTES)));
    } catch (IllegalArgumentException noAddress) {
      return Optional.empty();
    }
  }

  /** Whether there may be more subscribers in it than this one. */
  public boolean isShared() {
    return !subscriber.equals(allotment);
  }

  private static String first(byte[] address, int atMost) {
    return HexFormat.of().formatHex(Arrays.copyOf(address, Math.min(address.length, atMost)));
  }
}
