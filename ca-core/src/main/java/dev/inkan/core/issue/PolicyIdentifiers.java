package dev.inkan.core.issue;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The certificate policies of this CA, one for each kind of end entity, in dotted form. They are
 * what tells a subscriber's certificate from an operator's, so no two are the same.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5280#section-4.2.1.4">RFC 5280, section
 *     4.2.1.4</a>
 */
public record PolicyIdentifiers(
    String subscriber, String operator, String ocspResponder, String tlsServer) {

  private static final Pattern DOTTED = Pattern.compile("[0-2](\\.(0|[1-9][0-9]*)){1,30}");

  public PolicyIdentifiers {
    if (Set.copyOf(List.of(subscriber, operator, ocspResponder, tlsServer)).size() != 4) {
      throw new IllegalArgumentException("each kind of certificate needs a policy of its own");
    }
    for (String oid : Set.of(subscriber, operator, ocspResponder, tlsServer)) {
      if (!DOTTED.matcher(oid).matches()) {
        throw new IllegalArgumentException("not an object identifier: " + oid);
      }
    }
  }

  /** Four policies below one arc: {@code .1} subscriber to {@code .4} TLS server. */
  public static PolicyIdentifiers below(String arc) {
    return new PolicyIdentifiers(arc + ".1", arc + ".2", arc + ".3", arc + ".4");
  }
}
