package dev.inkan.server.store;

import dev.inkan.core.audit.Actor;
import dev.inkan.core.audit.AuditAction;
import dev.inkan.core.audit.AuditEvent;
import dev.inkan.core.audit.AuditRecord;
import dev.inkan.core.certificate.CaName;
import dev.inkan.core.certificate.CertificateKind;
import dev.inkan.core.certificate.CertificateRecord;
import dev.inkan.core.certificate.NodeName;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.certificate.SubscriberId;
import dev.inkan.core.certificate.Validity;
import dev.inkan.core.policy.LockoutPolicy.Attempts;
import dev.inkan.core.testing.MutableClock;
import dev.inkan.server.mail.MailSealer;
import dev.inkan.server.registration.RegistrationStores;
import dev.inkan.server.registration.access.ApplicationId;
import dev.inkan.server.registration.application.Application;
import dev.inkan.server.registration.application.ApplicationState;
import dev.inkan.server.registration.secret.CodeState;
import dev.inkan.server.registration.secret.PasswordHash;
import dev.inkan.server.registration.secret.SealedSecret;
import dev.inkan.server.registration.user.Language;
import dev.inkan.server.registration.user.MailAddress;
import dev.inkan.server.registration.user.Organisation;
import dev.inkan.server.registration.user.User;
import dev.inkan.server.registration.user.UserId;
import dev.inkan.server.registration.user.UserPassword;
import dev.inkan.server.registration.user.UserRole;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/** A migrated database for one test, and what to put into it. */
final class Bed implements AutoCloseable {

  static final Instant NOW = Instant.parse("2026-11-22T01:02:03.456789Z");
  static final NodeName NODE = new NodeName("node-1");
  static final Organisation BANK = new Organisation("0001", "印鑑商事");
  static final SubscriberId TARO = new SubscriberId("5f0c7a1e-taro");

  static final MailSealer SEALER =
      (number, language, notice) ->
          SealedSecret.copyOf((number + ":" + notice.kind()).getBytes(StandardCharsets.US_ASCII));

  final DatabaseSettings settings;
  final Database database;
  final MutableClock clock = new MutableClock(NOW);
  final JdbiTransactions transactions;

  Bed(Engine engine, Path directory) {
    this(engine.empty(directory));
  }

  /** Another server's connections to the same database. */
  Bed(DatabaseSettings settings) {
    this.settings = settings;
    this.database = Database.openAndMigrate(settings);
    this.transactions = new JdbiTransactions(database, SEALER, clock);
  }

  <R> R get(Function<RegistrationStores, R> work) {
    return transactions.inTransaction(work);
  }

  <T> Optional<T> find(Function<RegistrationStores, Optional<T>> work) {
    return transactions.inTransaction(work);
  }

  <T> List<T> list(Function<RegistrationStores, List<T>> work) {
    return transactions.inTransaction(work);
  }

  boolean did(Predicate<RegistrationStores> work) {
    return transactions.inTransaction(work::test);
  }

  void run(Consumer<RegistrationStores> work) {
    Boolean unused =
        transactions.inTransaction(
            stores -> {
              work.accept(stores);
              return true;
            });
  }

  long count(String sql) {
    return database.inTransaction(
        handle -> handle.createQuery(sql).map((row, context) -> row.getLong(1)).one());
  }

  /** Counts after an update behind the stores' back, in one transaction. */
  long count(String update, String sql) {
    return database.inTransaction(
        handle -> {
          handle.createUpdate(update).execute();
          return handle.createQuery(sql).map((row, context) -> row.getLong(1)).one();
        });
  }

  /** The audit trail as it is in the database. */
  List<AuditRecord> auditRecords() {
    return AuditTrail.records(database);
  }

  /** Checks that the audit trail has neither gap nor break, and ends where the head says. */
  void requireChained() {
    AuditTrail.requireWhole(database);
  }

  /** Serial numbers in the order of their last change, from after {@code number} on. */
  List<String> changesAfter(long number) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(
                    "SELECT serial_number FROM certificate WHERE change_number > :number"
                        + " ORDER BY change_number")
                .bind("number", number)
                .map((row, context) -> row.getString(1))
                .list());
  }

  static AuditEvent event(String detail) {
    return new AuditEvent(
        NOW,
        new Actor(Actor.Kind.SUBSCRIBER, "taro01"),
        AuditAction.LOGGED_IN,
        Optional.of(TARO),
        Optional.of(serial(1)),
        detail);
  }

  void addTaro() {
    run(stores -> stores.users().add(user(TARO, "taro01", UserRole.MASTER, BANK)));
  }

  static User user(SubscriberId id, String userId, UserRole role, Organisation organisation) {
    return new User(
        id,
        new UserId(userId),
        role,
        organisation,
        "印鑑 太郎",
        new MailAddress("taro@example.jp"),
        Language.JAPANESE,
        UserPassword.own(new PasswordHash("$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA")),
        Attempts.NONE);
  }

  static SerialNumber serial(long value) {
    return SerialNumber.parse(String.format("4000000000000000%016x", value));
  }

  static CertificateRecord prepared(long serial, SubscriberId subscriber, Instant at) {
    return CertificateRecord.prepared(
        serial(serial),
        CertificateKind.SUBSCRIBER,
        CaName.ISSUING,
        subscriber,
        Validity.lasting(Duration.ofDays(366), at),
        at,
        NODE);
  }

  static Application application() {
    return new Application(
        new ApplicationId(UUID.randomUUID()),
        TARO,
        ApplicationState.CODE_SENT,
        NOW,
        new CodeState(7, 0, NOW, NOW.plus(Duration.ofMinutes(30))),
        Optional.of(SealedSecret.copyOf(new byte[] {1, 2, 3})),
        Optional.empty(),
        Optional.empty());
  }

  @Override
  public void close() {
    database.close();
  }
}
