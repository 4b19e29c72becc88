package dev.inkan.core.testing;

import dev.inkan.core.audit.AuditEvent;
import dev.inkan.core.audit.AuditTrail;
import dev.inkan.core.certificate.CertificateRecord;
import dev.inkan.core.certificate.CertificateStatus;
import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.Fingerprint;
import dev.inkan.core.certificate.LedgerState;
import dev.inkan.core.certificate.NodeName;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.certificate.SubscriberId;
import dev.inkan.core.store.CertificateStore;
import dev.inkan.core.store.Stores;
import dev.inkan.core.testing.InMemoryTransactions.Point;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** The stores of one transaction, or the committed state that the next one is copied from. */
final class InMemoryStores implements Stores, CertificateStore, AuditTrail {

  private final Optional<InMemoryTransactions> owner;
  private final Map<SerialNumber, CertificateRecord> entries;
  private final Map<SerialNumber, Der> certificates;
  private final Map<SerialNumber, Instant> released;
  private final List<AuditEvent> events;
  private final Set<SubscriberId> locked = new HashSet<>();

  InMemoryStores() {
    this(
        Optional.empty(),
        new LinkedHashMap<>(),
        new HashMap<>(),
        new HashMap<>(),
        new ArrayList<>());
  }

  private InMemoryStores(
      Optional<InMemoryTransactions> owner,
      Map<SerialNumber, CertificateRecord> entries,
      Map<SerialNumber, Der> certificates,
      Map<SerialNumber, Instant> released,
      List<AuditEvent> events) {
    this.owner = owner;
    this.entries = entries;
    this.certificates = certificates;
    this.released = released;
    this.events = events;
  }

  InMemoryStores copy(InMemoryTransactions newOwner) {
    return new InMemoryStores(
        Optional.of(newOwner),
        new LinkedHashMap<>(entries),
        new HashMap<>(certificates),
        new HashMap<>(released),
        new ArrayList<>(events));
  }

  List<CertificateRecord> entries() {
    return List.copyOf(entries.values());
  }

  List<AuditEvent> events() {
    return List.copyOf(events);
  }

  Optional<Der> encodedCertificate(SerialNumber serialNumber) {
    return Optional.ofNullable(certificates.get(serialNumber));
  }

  @Override
  public CertificateStore certificates() {
    return this;
  }

  @Override
  public AuditTrail audit() {
    return this;
  }

  @Override
  public Instant databaseTime() {
    pass(Point.DATABASE_TIME);
    return owner().databaseTime();
  }

  @Override
  public void append(AuditEvent event) {
    pass(Point.AUDIT);
    events.add(event);
  }

  @Override
  public boolean lock(SubscriberId subscriber) {
    pass(Point.LOCK);
    locked.add(subscriber);
    return owner().knows(subscriber);
  }

  @Override
  public List<CertificateRecord> findBySubscriber(SubscriberId subscriber) {
    pass(Point.FIND);
    return entries.values().stream()
        .filter(entry -> entry.subscriber().equals(subscriber))
        .toList();
  }

  @Override
  public Optional<CertificateRecord> find(SerialNumber serialNumber) {
    pass(Point.FIND);
    return Optional.ofNullable(entries.get(serialNumber));
  }

  @Override
  public Optional<CertificateRecord> find(Fingerprint fingerprint) {
    pass(Point.FIND);
    return certificates.entrySet().stream()
        .filter(stored -> Fingerprint.of(stored.getValue()).equals(fingerprint))
        .findFirst()
        .flatMap(stored -> Optional.ofNullable(entries.get(stored.getKey())));
  }

  @Override
  public Optional<Der> encoded(SerialNumber serialNumber) {
    pass(Point.FIND);
    return encodedCertificate(serialNumber);
  }

  @Override
  public List<CertificateRecord> findPrepared(NodeName node) {
    pass(Point.FIND);
    return entries.values().stream()
        .filter(entry -> entry.state() == LedgerState.PREPARED)
        .filter(entry -> entry.preparedBy().equals(node))
        .toList();
  }

  @Override
  public void prepare(CertificateRecord prepared) {
    pass(Point.PREPARE);
    if (!locked.contains(prepared.subscriber())) {
      throw new IllegalStateException("subscriber was not locked: two issues could run at once");
    }
    if (entries.putIfAbsent(prepared.serialNumber(), prepared) != null) {
      throw new IllegalStateException("serial number is taken: " + prepared.serialNumber());
    }
  }

  @Override
  public boolean markIssued(SerialNumber serialNumber, Der certificate) {
    pass(Point.MARK_ISSUED);
    boolean changed = changeIfPrepared(serialNumber, CertificateRecord::issued);
    if (changed) {
      certificates.put(serialNumber, certificate);
    }
    return changed;
  }

  @Override
  public boolean abandon(SerialNumber serialNumber, Instant at, Optional<Der> signed) {
    pass(Point.ABANDON);
    boolean changed = changeIfPrepared(serialNumber, entry -> entry.abandoned(at));
    if (changed) {
      signed.ifPresent(certificate -> certificates.put(serialNumber, certificate));
    }
    return changed;
  }

  @Override
  public void restore(CertificateRecord issued, Der certificate) {
    pass(Point.RESTORE);
    entries.put(issued.serialNumber(), issued);
    certificates.put(issued.serialNumber(), certificate);
  }

  @Override
  public boolean revoke(SerialNumber serialNumber, CertificateStatus.Revoked revocation) {
    pass(Point.REVOKE);
    return change(
        serialNumber,
        entry -> entry.revocation().isEmpty() || entry.isOnHold(),
        entry -> entry.revoked(revocation));
  }

  @Override
  public boolean hold(SerialNumber serialNumber, CertificateStatus.Revoked hold) {
    pass(Point.HOLD);
    Instant released = this.released.getOrDefault(serialNumber, Instant.MIN);
    return change(
        serialNumber,
        entry -> entry.revocation().isEmpty() && released.isBefore(hold.at()),
        entry -> entry.revoked(hold));
  }

  @Override
  public boolean release(SerialNumber serialNumber, Instant at) {
    pass(Point.RELEASE);
    boolean done =
        change(
            serialNumber,
            entry -> entry.isOnHold() && entry.revocation().orElseThrow().at().isBefore(at),
            CertificateRecord::released);
    if (done) {
      released.put(serialNumber, at);
    }
    return done;
  }

  @Override
  public Optional<Instant> released(SerialNumber serialNumber) {
    return Optional.ofNullable(released.get(serialNumber));
  }

  private boolean change(
      SerialNumber serialNumber,
      Predicate<CertificateRecord> may,
      UnaryOperator<CertificateRecord> change) {
    CertificateRecord entry = entries.get(serialNumber);
    if (entry == null || entry.state() != LedgerState.ISSUED || !may.test(entry)) {
      return false;
    }
    entries.put(serialNumber, change.apply(entry));
    return true;
  }

  private boolean changeIfPrepared(
      SerialNumber serialNumber, UnaryOperator<CertificateRecord> change) {
    CertificateRecord entry = entries.get(serialNumber);
    if (entry == null || entry.state() != LedgerState.PREPARED) {
      return false;
    }
    entries.put(serialNumber, change.apply(entry));
    return true;
  }

  private void pass(Point point) {
    owner().pass(point);
  }

  private InMemoryTransactions owner() {
    return owner.orElseThrow(() -> new IllegalStateException("outside of a transaction"));
  }
}
