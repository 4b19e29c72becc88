package dev.inkan.server.tls;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The addresses of the gateways whose word counts. Addresses alone, no names and no networks: a
 * name could be made to lead elsewhere, and a network holds more machines than the gateways.
 *
 * @param addresses at least one
 */
public record ProxyAddresses(Set<InetAddress> addresses) {

  /** The form in words. */
  public static final String FORM = "1-16 IP addresses with commas between";

  private static final int MOST = 16;
  private static final String OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
  private static final Pattern IPV4 = Pattern.compile(OCTET + "(?:\\." + OCTET + "){3}");
  private static final Pattern IPV6 = Pattern.compile("(?=.*:.*:)[0-9A-Fa-f:.]{2,45}");

  public ProxyAddresses {
    addresses = Set.copyOf(addresses);
    if (addresses.isEmpty()) {
      throw new IllegalArgumentException("no addresses");
    }
  }

  /** The addresses that {@code text} lists, if it has the right form. */
  public static Optional<ProxyAddresses> parse(String text) {
    List<Optional<InetAddress>> listed =
        Arrays.stream(text.split(",", -1)).map(String::strip).map(ProxyAddresses::address).toList();
    if (listed.size() > MOST || listed.stream().anyMatch(Optional::isEmpty)) {
      return Optional.empty();
    }
    return Optional.of(
        new ProxyAddresses(
            Set.copyOf(listed.stream().flatMap(Optional::stream).distinct().toList())));
  }

  /** The address that {@code text} writes in digits; names are not looked up. */
  static Optional<InetAddress> address(String text) {
    if (!IPV4.matcher(text).matches() && !IPV6.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByName(text));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  boolean contains(InetAddress address) {
    return addresses.contains(Objects.requireNonNull(address));
  }
}
