package dev.inkan.e2e;

import dev.inkan.core.audit.Actor;
import dev.inkan.core.authority.Ledger;
import dev.inkan.core.authority.Revocation;
import dev.inkan.core.authority.RevocationAuthority;
import dev.inkan.core.authority.RevocationOutcome;
import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.Fingerprint;
import dev.inkan.core.certificate.NodeName;
import dev.inkan.core.certificate.RevocationReason;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.server.registration.RegistrationStores;
import dev.inkan.server.store.Database;
import dev.inkan.server.store.DatabaseSettings;
import dev.inkan.server.store.FileJournal;
import dev.inkan.server.store.JdbiTransactions;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Clock;

/** The bank's hand in the ledger of a server that is not running. */
final class StoppedLedger implements AutoCloseable {

  private static final Actor OPERATOR = new Actor(Actor.Kind.OPERATOR, "clerk-e2e");

  private final Clock clock = Clock.systemUTC();
  private final Database database;
  private final FileJournal journal;

  private StoppedLedger(Database database, FileJournal journal) {
    this.database = database;
    this.journal = journal;
  }

  static StoppedLedger open(Installation installation) {
    Path data = installation.folder().resolve("data");
    FileJournal journal =
        FileJournal.open(
            data.resolve("journal.log"), new NodeName("e2e"), issuer(installation.issuing()));
    try {
      Database database = Database.openMigrated(DatabaseSettings.h2(data.resolve("inkan"), 2));
      return new StoppedLedger(database, journal);
    } catch (RuntimeException e) {
      journal.close();
      throw e;
    }
  }

  /** Revokes as the bank does when a PC is lost, from now on. */
  void revoke(X509Certificate certificate) {
    var transactions =
        new JdbiTransactions(
            database,
            (number, language, notice) -> {
              throw new AssertionError("no mail is sent here: " + number);
            },
            clock);
    RevocationOutcome outcome =
        new RevocationAuthority<RegistrationStores>(new Ledger<>(transactions, journal), clock)
            .revoke(
                new SerialNumber(certificate.getSerialNumber()),
                Revocation.because(RevocationReason.KEY_COMPROMISE),
                OPERATOR,
                (stores, revoked) -> {});
    if (outcome != RevocationOutcome.REVOKED) {
      throw new AssertionError("not revoked: " + outcome);
    }
  }

  private static Fingerprint issuer(X509Certificate issuing) {
    try {
      return Fingerprint.of(Der.copyOf(issuing.getEncoded()));
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    try (journal) {
      database.close();
    }
  }
}
