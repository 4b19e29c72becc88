package dev.inkan.server.installation;

import dev.inkan.core.audit.AuditEntry;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.store.Transactions;
import dev.inkan.server.authority.AuthorityStores;
import dev.inkan.server.authority.Generations;
import dev.inkan.server.config.InkanConfig;
import dev.inkan.server.config.SecretFile;
import dev.inkan.server.mail.Letterhead;
import dev.inkan.server.mail.MailSeal;
import dev.inkan.server.mail.SealedMailComposer;
import dev.inkan.server.operation.OperationStores;
import dev.inkan.server.registration.RegistrationStores;
import dev.inkan.server.registration.secret.InstallationSecret;
import dev.inkan.server.store.Database;
import dev.inkan.server.store.DatabaseSettings;
import dev.inkan.server.store.JdbiTransactions;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The open database and what is written into it unreadable. */
public final class Storage implements AutoCloseable {

  /** Who follows the ledger for OCSP answers, and who looks how the database stands. */
  private static final int READING = 2;

  private final Database database;
  private final Database reading;
  private final MailSeal mailSeal;
  private final InstallationSecret secret;
  private final JdbiTransactions transactions;

  private Storage(
      Database database,
      Database reading,
      MailSeal mailSeal,
      InstallationSecret secret,
      JdbiTransactions transactions) {
    this.database = database;
    this.reading = reading;
    this.mailSeal = mailSeal;
    this.secret = secret;
    this.transactions = transactions;
  }

  /** Opens the database, which must have been migrated. */
  public static Storage open(InkanConfig config, Clock clock, SecureRandom random) {
    return open(config, () -> Database.openMigrated(settings(config)), clock, random);
  }

  /** Over another database than the configuration names; closing closes that. */
  public static Storage over(
      Database database, InkanConfig config, Clock clock, SecureRandom random) {
    return open(config, () -> database, clock, random);
  }

  private static Storage open(
      InkanConfig config, Supplier<Database> opening, Clock clock, SecureRandom random) {
    byte[] key = config.secrets().serverKeyFile().key();
    try {
      MailSeal mailSeal = new MailSeal(key);
      InstallationSecret secret = InstallationSecret.copyOf(key);
      Database database = opening.get();
      SealedMailComposer composer =
          new SealedMailComposer(Letterhead.of(config.bank()), mailSeal, random, clock);
      return new Storage(
          database,
          database.beside(READING),
          mailSeal,
          secret,
          new JdbiTransactions(database, composer, clock));
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  /** The same, telling {@code listener} what is written into the audit trail. */
  public Storage auditing(Consumer<AuditEntry> listener) {
    return new Storage(database, reading, mailSeal, secret, transactions.auditing(listener));
  }

  public static DatabaseSettings settings(InkanConfig config) {
    InkanConfig.Database database = config.database();
    return new DatabaseSettings(
        database.url(),
        database.user(),
        database.passwordFile().map(SecretFile::reveal).orElse(""),
        database.poolSize(),
        new DatabaseSettings.Patience(database.connectTimeout(), database.answerTimeout()));
  }

  public Database database() {
    return database;
  }

  /** The same, for those who read and must not wait behind writers. */
  public Database reading() {
    return reading;
  }

  public MailSeal mailSeal() {
    return mailSeal;
  }

  public InstallationSecret secret() {
    return secret;
  }

  public Transactions<RegistrationStores> transactions() {
    return transactions;
  }

  /** The same for the bank's staff. */
  public Transactions<OperationStores> operation() {
    return transactions.operation();
  }

  /** The same for the CAs themselves. */
  public Transactions<AuthorityStores> authority() {
    return transactions.authority();
  }

  /** The same, telling {@code committed} of every change to a certificate. */
  public Transactions<AuthorityStores> authority(Consumer<Set<SerialNumber>> committed) {
    return transactions.telling(committed).authority();
  }

  /** The installation's issuing CAs. */
  public Generations generations() {
    return authority().inTransaction(stores -> stores.issuingCas().all());
  }

  /** As {@link #operation()}, telling {@code committed} of every change to a certificate. */
  public Transactions<OperationStores> operation(Consumer<Set<SerialNumber>> committed) {
    return transactions.telling(committed).operation();
  }

  /** The same, telling {@code committed} of every change to a certificate once it is committed. */
  public Transactions<RegistrationStores> transactions(Consumer<Set<SerialNumber>> committed) {
    return transactions.telling(committed);
  }

  @Override
  public void close() {
    reading.close();
    database.close();
  }
}
