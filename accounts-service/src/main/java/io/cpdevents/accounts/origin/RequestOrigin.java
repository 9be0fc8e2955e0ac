package io.cpdevents.accounts.origin;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Where a request comes from.
 *
 * @param ipAddress the client's address as the gateway saw it
 * @param device a description such as {@code Firefox on Linux}
 * @param token by what the device is known, or will be; null where that is of no interest
 */
public record RequestOrigin(String ipAddress, String device, @Nullable DeviceToken token) {

  private static final String UNKNOWN_ADDRESS = "unknown";
  private static final int IPV6_NETWORK_BYTES = 7;
  private static final int IPV6_AREA_BYTES = 6;
  private static final int IPV4_AREA_BYTES = 3;

  /** An origin of before, which tells no more. */
  public RequestOrigin(String ipAddress, String device) {
    this(ipAddress, device, null);
  }

  /** The origin of a request. */
  public static RequestOrigin of(HttpServletRequest request) {
    return new RequestOrigin(
        literal(request.getRemoteAddr()),
        Device.describe(request.getHeader("User-Agent")),
        DeviceToken.of(request));
  }

  /**
   * Where somebody is at home: the IPv4 address, or the /56 network of an IPv6 address, because one
   * subscriber usually has all of it.
   */
  public String network() {
    if (!ipAddress.contains(":")) {
      return ipAddress;
    }
    byte[] address = InetAddress.ofLiteral(ipAddress).getAddress();
    return HexFormat.of().formatHex(Arrays.copyOf(address, IPV6_NETWORK_BYTES)) + "/56";
  }

  /**
   * What anybody gets for nothing: the IPv4 address, or the /48 network of an IPv6 address; in it
   * there may be many subscribers.
   */
  public String allotment() {
    return ipAddress.contains(":") ? area() : ipAddress;
  }

  /**
   * The neighbourhood of the address, within which a provider moves a subscriber: the /24 network
   * of an IPv4 address, the /48 network of an IPv6 address.
   */
  public String area() {
    if (ipAddress.equals(UNKNOWN_ADDRESS)) {
      return UNKNOWN_ADDRESS;
    }
    boolean isIpv6 = ipAddress.contains(":");
    byte[] address = InetAddress.ofLiteral(ipAddress).getAddress();
    return HexFormat.of()
            .formatHex(Arrays.copyOf(address, isIpv6 ? IPV6_AREA_BYTES : IPV4_AREA_BYTES))
        + (isIpv6 ? "/48" : "/24");
  }

  /** The address in canonical form; a forwarded header can hold anything. */
  private static String literal(String address) {
    try {
      return InetAddress.ofLiteral(address.split("%", 2)[0]).getHostAddress();
    } catch (IllegalArgumentException e) {
      return UNKNOWN_ADDRESS;
    }
  }
}
