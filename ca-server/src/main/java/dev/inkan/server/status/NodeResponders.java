package dev.inkan.server.status;

import dev.inkan.core.certificate.CaName;
import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.Fingerprint;
import dev.inkan.core.key.Credential;
import dev.inkan.core.ocsp.OcspResponder;
import dev.inkan.server.authority.ResponderCheck;
import dev.inkan.server.authority.StatusResponder;
import java.security.PublicKey;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A status node's own key, which signs answers under the newest certificate that each issuing CA
 * made for it: what the ledger has is looked at before it is used. For one thread at a time.
 */
public final class NodeResponders {

  private static final Logger LOG = LoggerFactory.getLogger(NodeResponders.class);

  private final Credential key;
  private final PublicKey publicKey;
  private final Fingerprint hash;
  private final Function<Fingerprint, List<StatusResponder>> ledger;
  private final Clock clock;
  private final Map<CaName, String> told = new ConcurrentHashMap<>();

  /** An issuing CA, and the place of its responder. */
  public record Issuer(ResponderKeys keys, Der certificate) {}

  /**
   * @param key under whatever certificate
   * @param ledger finds a key's certificates by the hash of its public part
   */
  public NodeResponders(
      Credential key, Function<Fingerprint, List<StatusResponder>> ledger, Clock clock) {
    this.key = key;
    this.publicKey = ResponderCheck.keyOf(key.certificate());
    this.hash = StatusResponder.hashOf(publicKey);
    this.ledger = ledger;
    this.clock = clock;
  }

  /** The SHA-256 of the public key, by which people know it again. */
  public Fingerprint hash() {
    return hash;
  }

  /**
   * Puts the newest certificates to work.
   *
   * @throws dev.inkan.core.store.StoreUnavailableException if the ledger cannot be asked
   */
  public void takeUp(List<Issuer> issuers, Der root) {
    List<StatusResponder> known = ledger.apply(hash);
    Instant now = clock.instant();
    for (Issuer issuer : issuers) {
      CaName name = issuer.keys().issuer();
      Optional<StatusResponder> newest =
          known.stream().filter(it -> it.issuer().equals(name)).findFirst();
      if (newest.isEmpty()) {
        tell(name, "the ledger has no certificate for this node's key, SHA-256 " + hash);
      } else if (isNews(newest.get().certificate(), issuer.keys())) {
        use(newest.get(), issuer, root, now);
      }
    }
  }

  /** One that ends later than what is in use: a ledger that went back takes nothing away. */
  private static boolean isNews(Der certificate, ResponderKeys keys) {
    return keys.current()
        .filter(
            it ->
                ResponderCheck.validity(certificate)
                    .filter(validity -> validity.end().isAfter(it.validity().end()))
                    .isEmpty())
        .isEmpty();
  }

  private void use(StatusResponder newest, Issuer issuer, Der root, Instant now) {
    Der certificate = newest.certificate();
    if (!ResponderCheck.isOf(certificate, publicKey)
        || !ResponderCheck.isIssuedBy(certificate, issuer.certificate(), now)) {
      tell(
          newest.issuer(),
          "the certificate "
              + newest.serialNumber()
              + " is none of that CA's for this node's key that counts now");
      return;
    }
    List<Der> chain = List.of(certificate, issuer.certificate(), root);
    OcspResponder responder = new OcspResponder(key.certified(key.id(), chain));
    issuer.keys().use(responder);
    told.remove(newest.issuer());
    LOG.info(
        "status: the responder certificate {} of {} holds until {}",
        newest.serialNumber(),
        newest.issuer(),
        responder.validity().end());
  }

  private void tell(CaName ca, String what) {
    if (!what.equals(told.put(ca, what))) {
      LOG.warn("status: nothing new to answer for {} with: {}", ca, what);
    }
  }
}
