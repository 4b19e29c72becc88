package dev.inkan.server.store;

import dev.inkan.core.api.Asked;
import dev.inkan.core.api.Cause;
import dev.inkan.core.api.Certificate;
import dev.inkan.core.api.Channel;
import dev.inkan.core.api.ProblemType;
import dev.inkan.core.api.Role;
import dev.inkan.core.api.SecondOperator;
import dev.inkan.core.authority.Ledger;
import dev.inkan.core.authority.RevocationAuthority;
import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.SubscriberId;
import dev.inkan.core.store.Transactions;
import dev.inkan.core.testing.RecordingJournal;
import dev.inkan.server.operation.BulkDesk;
import dev.inkan.server.operation.Caller;
import dev.inkan.server.operation.CertificateDesk;
import dev.inkan.server.operation.CertificateStatusAuthority;
import dev.inkan.server.operation.LedgerStatusAuthority;
import dev.inkan.server.operation.OperationStores;
import dev.inkan.server.operation.Outcome;
import dev.inkan.server.operation.Refusal;
import dev.inkan.server.operation.RequestDesk;
import dev.inkan.server.registration.user.UserRole;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The desks of revocation over a database: two users, the staff, and what the tests ask them. */
abstract class RevocationDesks {

  static final SubscriberId HANAKO = new SubscriberId("hanako");
  static final Instant NOW = Bed.NOW.plus(Duration.ofDays(10));
  static final Caller CLERK = caller("clerk", Role.CLERK);
  static final Caller APPROVER = caller("approver", Role.APPROVER);
  static final Caller BOTH = caller("both", Role.CLERK, Role.APPROVER);

  final Bed bed;
  final RecordingJournal journal = new RecordingJournal();
  private final Transactions<OperationStores> transactions;
  private final CertificateStatusAuthority authority;

  RevocationDesks(Engine engine, Path directory) {
    this.bed = new Bed(engine, directory);
    this.transactions = bed.transactions.operation();
    this.authority =
        new LedgerStatusAuthority(
            new RevocationAuthority<>(new Ledger<>(transactions, journal), bed.clock));
  }

  private static Caller caller(String name, Role... roles) {
    return new Caller(name, name, Set.of(roles), Instant.MAX);
  }

  @BeforeEach
  void addPeople() {
    bed.addTaro();
    bed.run(stores -> stores.users().add(Bed.user(HANAKO, "hanako1", UserRole.GENERAL, Bed.BANK)));
    bed.clock.advance(Duration.between(Bed.NOW, NOW));
  }

  @AfterEach
  void close() {
    bed.close();
  }

  RequestDesk requests(SecondOperator policy) {
    return new RequestDesk(transactions, authority, policy, bed.clock);
  }

  BulkDesk bulk(SecondOperator policy) {
    return new BulkDesk(transactions, authority, policy, bed.clock);
  }

  CertificateDesk certificates(SecondOperator policy) {
    return new CertificateDesk(transactions, authority, policy, bed.clock);
  }

  void issue(long serial, SubscriberId holder) {
    bed.run(
        stores -> {
          stores.certificates().prepare(Bed.prepared(serial, holder, Bed.NOW));
          boolean unused =
              stores
                  .certificates()
                  .markIssued(
                      Bed.serial(serial),
                      Der.copyOf(("certificate " + serial).getBytes(StandardCharsets.US_ASCII)));
        });
  }

  static Asked asked(Cause cause, Optional<Instant> lostAt) {
    return new Asked("見本 主", Channel.PAPER, cause, lostAt, Optional.empty());
  }

  static <T> T value(Outcome<T> outcome) {
    if (outcome instanceof Outcome.Done<T> done) {
      return done.value();
    }
    throw new AssertionError(outcome);
  }

  static ProblemType problem(Outcome<?> outcome) {
    return refusal(outcome).type();
  }

  static Refusal refusal(Outcome<?> outcome) {
    return ((Outcome.Refused<?>) outcome).refusal();
  }

  Certificate certificate(long serial) {
    return value(certificates(SecondOperator.BULK).find(Bed.serial(serial)));
  }

  long audited(String action) {
    return bed.count("SELECT COUNT(*) FROM audit_event WHERE action = '" + action + "'");
  }
}
