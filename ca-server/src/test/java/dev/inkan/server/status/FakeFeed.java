package dev.inkan.server.status;

import dev.inkan.core.audit.ChainHash;
import dev.inkan.core.certificate.CaName;
import dev.inkan.core.certificate.CertificateStatus;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.store.StoreUnavailableException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** A ledger in memory that can be gone. */
public final class FakeFeed implements StatusFeed {

  private final List<StatusChange> log = new ArrayList<>();
  private final AtomicBoolean gone = new AtomicBoolean();
  private final Clock databaseClock;

  public FakeFeed(Clock databaseClock) {
    this.databaseClock = databaseClock;
  }

  /** Commits a change, which nobody is told of yet. */
  public synchronized void commit(SerialNumber serialNumber, CertificateStatus status) {
    commit(CaName.ISSUING, serialNumber, status);
  }

  /** As above, of a certificate that this CA issued. */
  public synchronized void commit(
      CaName issuer, SerialNumber serialNumber, CertificateStatus status) {
    log.add(new StatusChange(issuer, serialNumber, status));
  }

  public void gone(boolean isGone) {
    gone.set(isGone);
  }

  @Override
  public synchronized LedgerPoint readAll(Consumer<StatusChange> each) {
    requireThere();
    log.forEach(each);
    return end();
  }

  @Override
  public synchronized Changes changesAfter(long position, LedgerPoint seen) {
    requireThere();
    if (log.size() < seen.change()) {
      throw new LedgerReplacedException(seen, end());
    }
    int end = (int) Math.min(log.size(), position + 3);
    Instant time = databaseClock.instant().plus(Duration.ofMillis(5));
    return new Changes(
        List.copyOf(log.subList((int) position, end)), end, end == log.size(), end(), time);
  }

  private LedgerPoint end() {
    return new LedgerPoint(log.size(), 0, ChainHash.START);
  }

  private void requireThere() {
    if (gone.get()) {
      throw new StoreUnavailableException("the database is gone", new IOException("refused"));
    }
  }
}
