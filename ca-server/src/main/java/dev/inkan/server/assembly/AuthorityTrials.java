package dev.inkan.server.assembly;

import dev.inkan.core.certificate.CaName;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.ocsp.OcspResponder;
import dev.inkan.server.authority.SigningCa;
import dev.inkan.server.health.SigningTrial;
import dev.inkan.server.health.StatusTrial;
import dev.inkan.server.installation.Authorities;
import dev.inkan.server.installation.Signer;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Tries each CA that signs: a rollover leaves several, and gateways need all of them. */
public final class AuthorityTrials {

  private AuthorityTrials() {}

  /** Whether every CA's key signs. */
  public static Optional<String> keys(List<SigningCa> cas) {
    return first(cas, SigningCa::name, it -> new SigningTrial(it.key()).get());
  }

  /**
   * Whether an OCSP question about each CA's certificates is answered.
   *
   * @param desk answers questions as gateways ask them
   * @param responders the responder of each CA, if there is one
   */
  public static Optional<String> responders(
      List<Signer> cas,
      UnaryOperator<byte[]> desk,
      Function<CaName, Optional<OcspResponder>> responders,
      SecureRandom random) {
    return first(
        cas,
        Signer::name,
        ca ->
            new StatusTrial(
                    desk,
                    ca.certificate(),
                    () -> responders.apply(ca.name()).map(AuthorityTrials::serialNumber),
                    random)
                .get());
  }

  private static SerialNumber serialNumber(OcspResponder responder) {
    return new SerialNumber(Authorities.parse(responder.certificate()).getSerialNumber());
  }

  /** What is wrong with the first of them that does not work, by its name if there are several. */
  private static <T> Optional<String> first(
      List<T> cas, Function<T, CaName> name, Function<T, Optional<String>> trial) {
    for (T ca : cas) {
      Optional<String> fault = trial.apply(ca);
      if (fault.isPresent()) {
        return fault.map(it -> cas.size() == 1 ? it : name.apply(ca) + ": " + it);
      }
    }
    return Optional.empty();
  }
}
