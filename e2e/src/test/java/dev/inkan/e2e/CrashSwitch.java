package dev.inkan.e2e;

import dev.inkan.core.certificate.CaName;
import dev.inkan.core.certificate.CertificateStatus;
import dev.inkan.core.certificate.CrlNumber;
import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.certificate.SubscriberId;
import dev.inkan.core.store.Journal;
import dev.inkan.core.store.StoreUnavailableException;
import dev.inkan.core.store.Transactions;
import dev.inkan.server.registration.RegistrationStores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Breaks one issue off at one point: the process dies as by {@code kill -9}, or the database is
 * gone from there on.
 */
final class CrashSwitch {

  /** How it breaks off. */
  enum Manner {
    KILL,
    DATABASE_GONE
  }

  private static final int T1 = 1;
  private static final int T2 = 2;

  private final CrashPoint point;
  private final Manner manner;
  private final AtomicBoolean reserved = new AtomicBoolean();
  private final AtomicInteger transactions = new AtomicInteger();
  private volatile boolean gone;

  CrashSwitch(CrashPoint point, Manner manner) {
    this.point = point;
    this.manner = manner;
  }

  Transactions<RegistrationStores> over(Transactions<RegistrationStores> real) {
    return new BreakingTransactions(real);
  }

  Journal over(Journal real) {
    return new BreakingJournal(real);
  }

  private void pass(CrashPoint passed) {
    if (passed == point && manner == Manner.KILL) {
      die();
    }
    gone |= passed == point;
  }

  private void requireDatabase() {
    if (gone) {
      throw new StoreUnavailableException("the database is gone", new IOException("by the test"));
    }
  }

  private static void die() {
    try {
      String self = Long.toString(ProcessHandle.current().pid());
      new ProcessBuilder("kill", "-9", self).start();
      new CountDownLatch(1).await();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Counts from the moment the serial number is reserved: T1 is the first, T2 the second. */
  private final class BreakingTransactions implements Transactions<RegistrationStores> {

    private final Transactions<RegistrationStores> real;

    private BreakingTransactions(Transactions<RegistrationStores> real) {
      this.real = real;
    }

    @Override
    public <R> R inTransaction(Function<RegistrationStores, R> work) {
      int number = reserved.get() ? transactions.incrementAndGet() : 0;
      pass(number, CrashPoint.BEFORE_T1, CrashPoint.BEFORE_T2);
      R result =
          real.inTransaction(
              stores -> {
                R made = work.apply(stores);
                pass(number, CrashPoint.IN_T1, CrashPoint.IN_T2);
                return made;
              });
      pass(number, CrashPoint.AFTER_T1, CrashPoint.AFTER_T2, number == T2);
      return result;
    }

    private void pass(int number, CrashPoint inT1, CrashPoint inT2) {
      pass(number, inT1, inT2, true);
    }

    private void pass(int number, CrashPoint inT1, CrashPoint inT2, boolean needed) {
      if (number == T1) {
        CrashSwitch.this.pass(inT1);
      } else if (number == T2) {
        CrashSwitch.this.pass(inT2);
      }
      if (needed) {
        requireDatabase();
      }
    }
  }

  private final class BreakingJournal implements Journal {

    private final Journal real;

    private BreakingJournal(Journal real) {
      this.real = real;
    }

    @Override
    public void serialReserved(SerialNumber serialNumber, Instant at) {
      real.serialReserved(serialNumber, at);
      reserved.set(true);
    }

    @Override
    public void issued(
        SerialNumber serialNumber, SubscriberId subscriber, Der certificate, Instant at) {
      pass(CrashPoint.AFTER_SIGNING);
      real.issued(serialNumber, subscriber, certificate, at);
    }

    @Override
    public void revoked(SerialNumber serialNumber, CertificateStatus.Revoked revocation) {
      real.revoked(serialNumber, revocation);
    }

    @Override
    public void released(SerialNumber serialNumber, Instant at) {
      real.released(serialNumber, at);
    }

    @Override
    public void crlNumber(CaName ca, CrlNumber number, Instant at) {
      real.crlNumber(ca, number, at);
    }
  }
}
