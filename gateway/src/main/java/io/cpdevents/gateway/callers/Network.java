package io.cpdevents.gateway.callers;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.HexFormat;

/** The network of an address: what one customer of a provider has, so what limits count by. */
public final class Network {

  private static final int BYTES_OF_A_CUSTOMER = 7;

  private Network() {}

  /**
   * The address, or the /56 of an IPv6 address: so much, which is 256 networks of its own, a
   * customer usually has. A proxy may tell addresses in any of their forms, so what is no address
   * is its own network.
   */
  public static String of(String address) {
    if (address.indexOf(':') < 0) {
      return address;
    }
    try {
      InetAddress read = InetAddress.ofLiteral(address);
      return read instanceof Inet6Address
          ? HexFormat.of().formatHex(read.getAddress(), 0, BYTES_OF_A_CUSTOMER)
          : read.getHostAddress();
    } catch (IllegalArgumentException unusual) {
      return address;
    }
  }
}
