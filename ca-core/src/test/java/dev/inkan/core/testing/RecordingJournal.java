package dev.inkan.core.testing;

import dev.inkan.core.certificate.CaName;
import dev.inkan.core.certificate.CertificateStatus;
import dev.inkan.core.certificate.CrlNumber;
import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.certificate.SubscriberId;
import dev.inkan.core.store.Journal;
import dev.inkan.core.store.JournalUnavailableException;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A journal in memory that can be made to fail, record type by record type. */
public final class RecordingJournal implements Journal {

  /** The records a journal keeps. */
  public enum Entry {
    SERIAL_RESERVED,
    ISSUED,
    REVOKED,
    RELEASED,
    CRL_NUMBER
  }

  private final Set<Entry> broken = ConcurrentHashMap.newKeySet();
  private final List<SerialNumber> reserved = new CopyOnWriteArrayList<>();
  private final Map<SerialNumber, Der> issued = new ConcurrentHashMap<>();
  private final Map<SerialNumber, CertificateStatus.Revoked> revoked = new ConcurrentHashMap<>();

  private final Map<SerialNumber, Instant> released = new ConcurrentHashMap<>();
  private final List<CrlNumber> crlNumbers = new CopyOnWriteArrayList<>();

  /** From now on records of this type cannot be written. */
  public void breakAt(Entry entry) {
    broken.add(entry);
  }

  public void mend() {
    broken.clear();
  }

  public List<SerialNumber> reserved() {
    return List.copyOf(reserved);
  }

  public Map<SerialNumber, CertificateStatus.Revoked> revoked() {
    return Map.copyOf(revoked);
  }

  /** When each was last released. */
  public Map<SerialNumber, Instant> released() {
    return Map.copyOf(released);
  }

  /** In the order in which they were written down. */
  public List<CrlNumber> crlNumbers() {
    return List.copyOf(crlNumbers);
  }

  /** The certificate under this number, if one was signed. */
  public Optional<Der> signed(SerialNumber serialNumber) {
    return Optional.ofNullable(issued.get(serialNumber));
  }

  @Override
  public void serialReserved(SerialNumber serialNumber, Instant at) {
    failIfBroken(Entry.SERIAL_RESERVED);
    reserved.add(serialNumber);
  }

  @Override
  public void issued(
      SerialNumber serialNumber, SubscriberId subscriber, Der certificate, Instant at) {
    failIfBroken(Entry.ISSUED);
    issued.put(serialNumber, certificate);
  }

  @Override
  public void revoked(SerialNumber serialNumber, CertificateStatus.Revoked revocation) {
    failIfBroken(Entry.REVOKED);
    revoked.put(serialNumber, revocation);
  }

  @Override
  public void released(SerialNumber serialNumber, Instant at) {
    failIfBroken(Entry.RELEASED);
    released.put(serialNumber, at);
  }

  @Override
  public void crlNumber(CaName ca, CrlNumber number, Instant at) {
    failIfBroken(Entry.CRL_NUMBER);
    crlNumbers.add(number);
  }

  private void failIfBroken(Entry entry) {
    if (broken.contains(entry)) {
      throw new JournalUnavailableException(
          "journal cannot write " + entry, new IOException("no space left on device"));
    }
  }
}
