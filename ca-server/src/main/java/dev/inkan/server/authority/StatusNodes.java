package dev.inkan.server.authority;

import dev.inkan.core.audit.Actor;
import dev.inkan.core.audit.AuditAction;
import dev.inkan.core.audit.AuditEvent;
import dev.inkan.core.authority.Host;
import dev.inkan.core.authority.OcspResponderCertificates;
import dev.inkan.core.certificate.CaName;
import dev.inkan.core.certificate.CertificateKind;
import dev.inkan.core.certificate.CertificateRecord;
import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.Fingerprint;
import dev.inkan.core.certificate.NodeName;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.certificate.Validity;
import dev.inkan.core.store.Transactions;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Certifies the responders of status nodes: at first because somebody brought a request, then by
 * itself at half the life of each certificate, by every issuing CA that signs. Safe for use by
 * several threads.
 *
 * <p>By itself only a key is certified that one of our CAs has certified for a responder before,
 * with a certificate that still counts: whoever could write into the table alone would gain
 * nothing.
 */
public final class StatusNodes {

  private static final Logger LOG = LoggerFactory.getLogger(StatusNodes.class);

  private final Transactions<AuthorityStores> transactions;
  private final Map<CaName, Issuer> issuers;
  private final String organisation;
  private final Host host;

  /** One of our issuing CAs, and how it certifies responders. */
  public record Issuer(Der certificate, OcspResponderCertificates responders) {}

  /**
   * @param issuers those that sign, by their names
   * @param organisation the bank's name, for subjects
   */
  public StatusNodes(
      Transactions<AuthorityStores> transactions,
      Map<CaName, Issuer> issuers,
      String organisation,
      Host host) {
    this.transactions = transactions;
    this.issuers = Map.copyOf(issuers);
    this.organisation = organisation;
    this.host = host;
  }

  /** To list and to remove, for which no key is needed; it certifies nothing. */
  public static StatusNodes withoutKeys(Transactions<AuthorityStores> transactions, Host host) {
    return new StatusNodes(transactions, Map.of(), "", host);
  }

  /** Every responder that is known. */
  public List<StatusResponder> list() {
    return transactions.inTransaction(stores -> stores.statusResponders().all());
  }

  /**
   * Certifies a node's key by every issuing CA that signs. Done again for the same key it makes
   * newer ones.
   *
   * @param key whoever asks has shown that they have the private key
   * @return what was made
   * @throws StatusNodeException if the key is another's, or the node has another
   * @throws dev.inkan.core.issue.LintViolationException if the key is one that is not certified
   */
  public List<StatusResponder> certify(NodeName node, PublicKey key) {
    Fingerprint hash = StatusResponder.hashOf(key);
    Boolean unused =
        transactions.inTransaction(
            stores -> {
              requireFree(stores, node, key, hash);
              return true;
            });
    List<OcspResponderCertificates.Certified> made =
        issuers.values().stream()
            .map(it -> it.responders().certify(organisation, node, key))
            .toList();
    return transactions.inTransaction(
        stores -> {
          requireFree(stores, node, hash);
          append(stores, AuditAction.STATUS_NODE_ADDED, node, Optional.empty(), "key " + hash);
          return made.stream().map(it -> store(stores, node, hash, it)).toList();
        });
  }

  private static void requireFree(
      AuthorityStores stores, NodeName node, PublicKey key, Fingerprint hash) {
    requireFree(stores, node, hash);
    if (stores.statusResponders().anyOther(it -> ResponderCheck.isOf(it, key))) {
      throw new StatusNodeException(
          "there is a certificate in the ledger with this key, and it is no responder's: a status"
              + " node must have a key of its own");
    }
  }

  private static void requireFree(AuthorityStores stores, NodeName node, Fingerprint hash) {
    for (StatusResponder there : stores.statusResponders().all()) {
      boolean sameNode = there.node().equals(node);
      boolean sameKey = there.keyHash().equals(hash);
      if (sameNode && !sameKey) {
        throw new StatusNodeException(
            "status node "
                + node
                + " has another key, SHA-256 "
                + there.keyHash()
                + ": if it is no more, remove the node first");
      }
      if (sameKey && !sameNode) {
        throw new StatusNodeException("this is the key of status node " + there.node());
      }
    }
  }

  /**
   * Forgets a node: from now on nothing is renewed for it.
   *
   * @return false if there is none of this name
   */
  public boolean remove(NodeName node) {
    return transactions.inTransaction(
        stores -> {
          boolean there = stores.statusResponders().remove(node) > 0;
          if (there) {
            append(stores, AuditAction.STATUS_NODE_REMOVED, node, Optional.empty(), "");
          }
          return there;
        });
  }

  /** Renews what is half over, and what an issuing CA has not certified yet. */
  public void renewDue() {
    Map<NodeName, List<StatusResponder>> nodes =
        new TreeMap<>(Comparator.comparing(NodeName::value));
    list().forEach(it -> nodes.computeIfAbsent(it.node(), node -> new ArrayList<>()).add(it));
    nodes.forEach(this::renewOrTell);
  }

  /** What fails for one node is tried again, and holds up none of the others. */
  private void renewOrTell(NodeName node, List<StatusResponder> known) {
    try {
      renewDue(node, known);
    } catch (RuntimeException e) {
      LOG.error("status node {}: no certificate could be renewed: {}", node, e.getMessage());
    }
  }

  private void renewDue(NodeName node, List<StatusResponder> known) {
    Instant now = host.clock().instant();
    List<Issuer> due =
        issuers.entrySet().stream()
            .filter(it -> isDue(it.getKey(), known, now))
            .map(Map.Entry::getValue)
            .toList();
    if (due.isEmpty()) {
      return;
    }
    Optional<PublicKey> key = trustedKey(known, now);
    if (key.isEmpty()) {
      LOG.error(
          "status node {} has no certificate any more that counts, so none is renewed for it: bring"
              + " its request again for 'responder-sign', or remove it",
          node);
      return;
    }
    due.forEach(ca -> renew(node, ca, key.get()));
  }

  private static boolean isDue(CaName ca, List<StatusResponder> known, Instant now) {
    return known.stream()
        .filter(it -> it.issuer().equals(ca))
        .findFirst()
        .flatMap(it -> ResponderCheck.validity(it.certificate()))
        .map(it -> isHalfOver(it, now))
        .orElse(true);
  }

  private static boolean isHalfOver(Validity validity, Instant now) {
    Duration half = Duration.between(validity.notBefore(), validity.end()).dividedBy(2);
    return !now.isBefore(validity.notBefore().plus(half));
  }

  /** The key that one of our CAs certified for a responder, by a certificate that counts now. */
  private Optional<PublicKey> trustedKey(List<StatusResponder> known, Instant now) {
    return known.stream()
        .filter(it -> isIssuedByOurs(it, now))
        .filter(this::isInTheLedger)
        .map(it -> ResponderCheck.keyOf(it.certificate()))
        .findFirst();
  }

  private boolean isIssuedByOurs(StatusResponder responder, Instant now) {
    return Optional.ofNullable(issuers.get(responder.issuer()))
        .filter(ca -> ResponderCheck.isIssuedBy(responder.certificate(), ca.certificate(), now))
        .isPresent();
  }

  private boolean isInTheLedger(StatusResponder responder) {
    Optional<CertificateRecord> entry =
        transactions.inTransaction(
            stores -> stores.certificates().find(Fingerprint.of(responder.certificate())));
    return entry
        .filter(it -> it.kind() == CertificateKind.OCSP_RESPONDER && it.revocation().isEmpty())
        .isPresent();
  }

  private void renew(NodeName node, Issuer ca, PublicKey key) {
    OcspResponderCertificates.Certified made = ca.responders().certify(organisation, node, key);
    boolean kept =
        transactions.inTransaction(
            stores -> {
              if (stores.statusResponders().lock(node).isEmpty()) {
                return false; // removed a moment ago
              }
              StatusResponder unused = store(stores, node, StatusResponder.hashOf(key), made);
              return true;
            });
    if (kept) {
      LOG.info(
          "status node {}: a new responder certificate of {} holds until {}",
          node,
          made.entry().issuer(),
          made.entry().validity().end());
    }
  }

  private StatusResponder store(
      AuthorityStores stores,
      NodeName node,
      Fingerprint hash,
      OcspResponderCertificates.Certified made) {
    CertificateRecord entry = made.entry();
    stores.certificates().restore(entry, made.certificate());
    StatusResponder responder =
        new StatusResponder(node, entry.issuer(), hash, entry.serialNumber(), made.certificate());
    stores.statusResponders().put(responder);
    append(
        stores,
        AuditAction.RESPONDER_RENEWED,
        node,
        Optional.of(entry.serialNumber()),
        entry.issuer() + ", valid to " + entry.validity().notAfter());
    return responder;
  }

  private void append(
      AuthorityStores stores,
      AuditAction action,
      NodeName node,
      Optional<SerialNumber> certificate,
      String detail) {
    stores
        .audit()
        .append(
            new AuditEvent(
                host.clock().instant(),
                new Actor(Actor.Kind.SYSTEM, host.node().value()),
                action,
                Optional.of(OcspResponderCertificates.subscriber(node)),
                certificate,
                detail));
  }
}
