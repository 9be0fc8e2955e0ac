package io.cpdevents.gateway.callers;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.HexFormat;

/** The network of an address: what one caller easily has, so what limits count by. */
public final class Network {

  private static final int IPV6_NETWORK_BYTES = 6;
  private static final int IPV6_CUSTOMER_BYTES = 7;

  private Network() {}

  /**
   * The address, or the /48 of an IPv6 address: so much anybody gets for nothing, and shares that
   * leave room for others are a half to a quarter each. In it there may be 256 customers of a
   * provider, as there may be behind one IPv4 address. A proxy may tell addresses in any of their
   * forms, so what is no address is its own network.
   */
  public static String of(String address) {
    return of(address, IPV6_NETWORK_BYTES);
  }

  /** The address, or the /56 of an IPv6 address, which one customer usually has. */
  public static String customer(String address) {
    return of(address, IPV6_CUSTOMER_BYTES);
  }

  private static String of(String address, int ipv6Bytes) {
    if (address.indexOf(':') < 0) {
      return address;
    }
    try {
      InetAddress read = InetAddress.ofLiteral(address);
      return read instanceof Inet6Address
          ? HexFormat.of().formatHex(read.getAddress(), 0, ipv6Bytes)
          : read.getHostAddress();
    } catch (IllegalArgumentException unusual) {
      return address;
    }
  }
}
