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
    String subscriber, String operator, String ocspResponder, String tlsServer, String audit) {

  private static final Pattern DOTTED = Pattern.compile("[0-2](\\.(0|[1-9][0-9]*)){1,30}");

  public PolicyIdentifiers {
    List<String> all = List.of(subscriber, operator, ocspResponder, tlsServer, audit);
    if (Set.copyOf(all).size() != all.size()) {
      throw new IllegalArgumentException("each kind of certificate needs a policy of its own");
    }
    for (String oid : all) {
      if (!DOTTED.matcher(oid).matches()) {
        throw new IllegalArgumentException("not an object identifier: " + oid);
      }
    }
  }

  /** Policies below one arc: {@code .1} subscriber to {@code .4} TLS server, {@code .5} audit. */
  public static PolicyIdentifiers below(String arc) {
    return new PolicyIdentifiers(arc + ".1", arc + ".2", arc + ".3", arc + ".4", arc + ".5");
  }
}
