package dev.inkan.server.doctor;

import static java.util.Objects.requireNonNull;

import dev.inkan.core.certificate.CaName;
import dev.inkan.core.policy.ClockPolicy;
import dev.inkan.core.store.StoreUnavailableException;
import dev.inkan.server.authority.Generation;
import dev.inkan.server.authority.Generations;
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
import dev.inkan.server.store.Standbys;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** The database: reached, of this program's version, in time with us; and what lies in it. */
final class DatabaseExamination implements Examination {

  private static final String PART = "database";
  private static final Duration LONG = Duration.ofHours(1);
  private static final int CONNECTIONS = 2;

  private final InkanConfig config;
  private final Instruments instruments;
  private final boolean running;
  private final AtomicReference<Optional<Generations>> generations =
      new AtomicReference<>(Optional.empty());

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
              "older: run 'inkan-server migrate', which makes a backup before; newer: start the newer"
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

  /** The issuing CAs, if the database could be asked. */
  Optional<Generations> generations() {
    return requireNonNull(generations.get());
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
    standbys(Standbys.of(database)).ifPresent(findings::add);
    Instant theirs = transactions.inTransaction(stores -> stores.databaseTime());
    findings.add(clock(theirs));
    CrlStore crls = new JdbiCrlStore(database, config.node());
    issuingCas(transactions, crls, findings);
    findings.add(
        crl(
            crls,
            CaName.ROOT,
            "bring the root's key for the moment and run 'inkan-server root-crl'"));
    if (config.roles().isStatusAlone()) {
      return; // the rest is in tables that such a server's user cannot read
    }
    findings.add(mails(new JdbiMailQueue(database).backlog(), theirs));
    OperatorCredentials.of(transactions.operation(), instruments.clock())
        .forEach(it -> findings.add(Expiry.of("certificates", it, instruments.clock().instant())));
  }

  private void issuingCas(JdbiTransactions transactions, CrlStore crls, List<Finding> findings) {
    Instant now = instruments.clock().instant();
    Generations all = transactions.authority().inTransaction(stores -> stores.issuingCas().all());
    generations.set(Optional.of(all));
    if (!config.roles().isStatusAlone()) { // whose user can read no audit records
      findings.addAll(
          transactions.authority().inTransaction(stores -> RolloverExamination.of(stores, now)));
    }
    for (Generation ca : all.signing(now)) {
      findings.add(
          crl(crls, ca.name(), "start the server: it signs one at once, or its log says why"));
    }
  }

  private static Optional<Finding> standbys(Standbys standbys) {
    if (standbys.following() == 0) {
      return Optional.empty();
    }
    return Optional.of(
        standbys.awaited()
            ? Finding.ok(PART, "commits wait for a synchronous standby")
            : Finding.warning(
                PART,
                "a standby follows it, and no commit waits for any",
                "what was acknowledged in the last moments is lost with the primary: revocations"
                    + " too, until the servers start again and put them back from their journals",
                "set synchronous_standby_names on the primary (docs/high-availability.md)"));
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
      return !ca.equals(CaName.ROOT)
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
