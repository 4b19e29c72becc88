package dev.inkan.server.doctor;

import dev.inkan.core.certificate.CaName;
import dev.inkan.core.policy.ClockPolicy;
import dev.inkan.core.store.StoreUnavailableException;
import dev.inkan.server.config.ConfigurationException;
import dev.inkan.server.config.InkanConfig;
import dev.inkan.server.config.SecretFile;
import dev.inkan.server.health.OperatorCredentials;
import dev.inkan.server.mail.MailBacklog;
import dev.inkan.server.status.CrlStore;
import dev.inkan.server.status.SignedCrl;
import dev.inkan.server.store.ConnectionCure;
import dev.inkan.server.store.Database;
import dev.inkan.server.store.DatabaseSettings;
import dev.inkan.server.store.JdbiCrlStore;
import dev.inkan.server.store.JdbiMailQueue;
import dev.inkan.server.store.JdbiTransactions;
import dev.inkan.server.store.SchemaVersionException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The database: reached, of this program's version, in time with us; and what lies in it. */
final class DatabaseExamination implements Examination {

  private static final String PART = "database";
  private static final CaName ISSUING = new CaName("issuing");
  private static final Duration LONG = Duration.ofHours(1);
  private static final int CONNECTIONS = 2;

  private final InkanConfig config;
  private final Instruments instruments;
  private final boolean running;

  /**
   * @param running whether our own server runs
   */
  DatabaseExamination(InkanConfig config, Instruments instruments, boolean running) {
    this.config = config;
    this.instruments = instruments;
    this.running = running;
  }

  @Override
  public List<Finding> examine() {
    String url = config.database().url();
    if (running && url.startsWith("jdbc:h2:")) {
      return List.of(
          Finding.ok(
              PART,
              "the running server has the file open, so it was not read here; how it stands is what"
                  + " the server says"));
    }
    List<Finding> findings = new ArrayList<>();
    try (Database database = Database.openToRead(settings())) {
      findings.add(Finding.ok(PART, url + " is reached, and its schema is this program's"));
      look(database, findings);
    } catch (SchemaVersionException e) {
      findings.add(
          Finding.fault(
              PART,
              String.valueOf(e.getMessage()),
              "the server does not start",
              "older: make a backup, then run 'inkan-server migrate'; newer: start the newer"
                  + " program"));
    } catch (StoreUnavailableException e) {
      findings.add(
          Finding.fault(
              PART,
              String.valueOf(e.getMessage()),
              "nothing can be issued or looked up",
              ConnectionCure.of(e)));
    } catch (ConfigurationException e) {
      findings.add(
          Finding.fault(
              PART,
              String.valueOf(e.getMessage()),
              "the server does not start",
              "correct the file that database.password-file names"));
    }
    return findings;
  }

  private DatabaseSettings settings() {
    return new DatabaseSettings(
        config.database().url(),
        config.database().user(),
        config.database().passwordFile().map(SecretFile::reveal).orElse(""),
        CONNECTIONS);
  }

  private void look(Database database, List<Finding> findings) {
    JdbiTransactions transactions =
        new JdbiTransactions(
            database,
            (number, language, notice) -> {
              throw new IllegalStateException("an examination writes no mail");
            },
            instruments.clock());
    Instant theirs = transactions.inTransaction(stores -> stores.databaseTime());
    findings.add(clock(theirs));
    CrlStore crls = new JdbiCrlStore(database, config.node());
    findings.add(crl(crls, ISSUING, "start the server: it signs one at once, or its log says why"));
    findings.add(
        crl(
            crls,
            CaName.ROOT,
            "bring the root's key for the moment and run 'inkan-server root-crl'"));
    findings.add(mails(new JdbiMailQueue(database).backlog(), theirs));
    OperatorCredentials.of(transactions.operation(), instruments.clock())
        .forEach(it -> findings.add(Expiry.of("certificates", it, instruments.clock().instant())));
  }

  private Finding clock(Instant theirs) {
    Instant ours = instruments.clock().instant();
    Duration apart = Duration.between(theirs, ours);
    if (ClockPolicy.BANK.isSuspicious(ours, theirs)) {
      return Finding.fault(
          "clock",
          "this machine's clock is "
              + apart.abs().toSeconds()
              + " s "
              + (apart.isNegative() ? "behind" : "ahead of")
              + " the database's",
          "nothing is signed while they are more than "
              + ClockPolicy.BANK.tolerance().toSeconds()
              + " s apart: no certificate, no CRL, no OCSP answer",
          "set both by NTP (timedatectl set-ntp true); if this one was ahead, then start the server"
              + " again");
    }
    return Finding.ok(
        "clock", "within " + ClockPolicy.BANK.tolerance().toSeconds() + " s of the database's");
  }

  private Finding crl(CrlStore crls, CaName ca, String mend) {
    Optional<SignedCrl> newest = crls.look(ca).newest();
    String why = "gateways that read CRLs refuse everybody without one";
    if (newest.isEmpty()) {
      return ca.equals(ISSUING)
          ? Finding.warning("crl", "none of " + ca + " was signed yet", why, mend)
          : Finding.fault("crl", "none of " + ca + " was signed yet", why, mend);
    }
    Instant now = instruments.clock().instant();
    SignedCrl crl = newest.get();
    String what = "the newest of " + ca + " counts until " + crl.nextUpdate();
    Instant half =
        crl.signedAt().plus(Duration.between(crl.signedAt(), crl.nextUpdate()).dividedBy(2));
    if (!now.isBefore(crl.nextUpdate())) {
      return Finding.fault("crl", what + ", which is over", why, mend);
    }
    return now.isAfter(half)
        ? Finding.warning("crl", what + ", and half of its life is over", why, mend)
        : Finding.ok("crl", what);
  }

  private static Finding mails(MailBacklog backlog, Instant now) {
    boolean stuck = backlog.oldest().filter(it -> it.isBefore(now.minus(LONG))).isPresent();
    return stuck
        ? Finding.warning(
            "mail",
            backlog.mails() + " mails wait, the oldest since " + backlog.oldest().orElseThrow(),
            "users wait for their codes",
            "mend the mail server if that is faulty, else see why in 'inkan-admin mail list'")
        : Finding.ok("mail", backlog.mails() + " mails wait");
  }
}
