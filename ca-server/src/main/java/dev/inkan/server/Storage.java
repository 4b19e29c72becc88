package dev.inkan.server;

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
import dev.inkan.server.registration.InstallationSecret;
import dev.inkan.server.registration.RegistrationStores;
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
final class Storage implements AutoCloseable {

  private final Database database;
  private final MailSeal mailSeal;
  private final InstallationSecret secret;
  private final JdbiTransactions transactions;

  private Storage(
      Database database,
      MailSeal mailSeal,
      InstallationSecret secret,
      JdbiTransactions transactions) {
    this.database = database;
    this.mailSeal = mailSeal;
    this.secret = secret;
    this.transactions = transactions;
  }

  /** Opens the database, which must have been migrated. */
  static Storage open(InkanConfig config, Clock clock, SecureRandom random) {
    return open(config, () -> Database.openMigrated(settings(config)), clock, random);
  }

  /** Over another database than the configuration names; closing closes that. */
  static Storage over(Database database, InkanConfig config, Clock clock, SecureRandom random) {
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
          database, mailSeal, secret, new JdbiTransactions(database, composer, clock));
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  /** The same, telling {@code listener} what is written into the audit trail. */
  Storage auditing(Consumer<AuditEntry> listener) {
    return new Storage(database, mailSeal, secret, transactions.auditing(listener));
  }

  static DatabaseSettings settings(InkanConfig config) {
    InkanConfig.Database database = config.database();
    return new DatabaseSettings(
        database.url(),
        database.user(),
        database.passwordFile().map(SecretFile::reveal).orElse(""),
        database.poolSize());
  }

  Database database() {
    return database;
  }

  MailSeal mailSeal() {
    return mailSeal;
  }

  InstallationSecret secret() {
    return secret;
  }

  Transactions<RegistrationStores> transactions() {
    return transactions;
  }

  /** The same for the bank's staff. */
  Transactions<OperationStores> operation() {
    return transactions.operation();
  }

  /** The same for the CAs themselves. */
  Transactions<AuthorityStores> authority() {
    return transactions.authority();
  }

  /** The installation's issuing CAs. */
  Generations generations() {
    return authority().inTransaction(stores -> stores.issuingCas().all());
  }

  /** As {@link #operation()}, telling {@code committed} of every change to a certificate. */
  Transactions<OperationStores> operation(Consumer<Set<SerialNumber>> committed) {
    return transactions.telling(committed).operation();
  }

  /** The same, telling {@code committed} of every change to a certificate once it is committed. */
  Transactions<RegistrationStores> transactions(Consumer<Set<SerialNumber>> committed) {
    return transactions.telling(committed);
  }

  @Override
  public void close() {
    database.close();
  }
}
