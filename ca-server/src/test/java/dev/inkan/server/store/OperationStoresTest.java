package dev.inkan.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkan.core.api.AccountState;
import dev.inkan.core.api.Certificate;
import dev.inkan.core.api.CertificateState;
import dev.inkan.core.api.CredentialState;
import dev.inkan.core.api.NewOperator;
import dev.inkan.core.api.Operator;
import dev.inkan.core.api.OperatorState;
import dev.inkan.core.api.Organisation;
import dev.inkan.core.api.OrganisationState;
import dev.inkan.core.api.Page;
import dev.inkan.core.api.Role;
import dev.inkan.core.api.User;
import dev.inkan.core.audit.Actor;
import dev.inkan.core.audit.AuditAction;
import dev.inkan.core.audit.AuditEvent;
import dev.inkan.core.certificate.CaName;
import dev.inkan.core.certificate.CertificateKind;
import dev.inkan.core.certificate.CertificateRecord;
import dev.inkan.core.certificate.CertificateStatus;
import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.Fingerprint;
import dev.inkan.core.certificate.RevocationReason;
import dev.inkan.core.certificate.SubscriberId;
import dev.inkan.core.certificate.Validity;
import dev.inkan.core.store.Transactions;
import dev.inkan.server.operation.AuditRegister;
import dev.inkan.server.operation.CertificateSearch;
import dev.inkan.server.operation.InvalidCursorException;
import dev.inkan.server.operation.OperationStores;
import dev.inkan.server.operation.Paging;
import dev.inkan.server.operation.PeopleRegister;
import dev.inkan.server.registration.user.UserRole;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What the bank's staff look up and keep, over each database. */
@ParameterizedClass(name = "on {0}")
@EnumSource(Engine.class)
final class OperationStoresTest {

  private static final SubscriberId HANAKO = new SubscriberId("hanako");
  private static final Instant NOW = Bed.NOW;

  private final Bed bed;
  private final Transactions<OperationStores> transactions;

  OperationStoresTest(Engine engine, @TempDir Path directory) {
    this.bed = new Bed(engine, directory);
    this.transactions = bed.transactions.operation();
  }

  @BeforeEach
  void addPeople() {
    bed.addTaro();
    bed.run(stores -> stores.users().add(Bed.user(HANAKO, "hanako1", UserRole.GENERAL, Bed.BANK)));
  }

  @AfterEach
  void close() {
    bed.close();
  }

  private <R> R get(Function<OperationStores, R> work) {
    return transactions.inTransaction(work);
  }

  private boolean did(Predicate<OperationStores> work) {
    return transactions.inTransaction(work::test);
  }

  private <T> List<T> found(Function<OperationStores, List<T>> work) {
    return transactions.inTransaction(work);
  }

  private static Der der(long serial) {
    return Der.copyOf(("certificate " + serial).getBytes(StandardCharsets.US_ASCII));
  }

  private void issue(long serial, CertificateKind kind, SubscriberId holder, Duration life) {
    CertificateRecord entry =
        CertificateRecord.prepared(
            Bed.serial(serial),
            kind,
            CaName.ISSUING,
            holder,
            Validity.lasting(life, NOW),
            NOW,
            Bed.NODE);
    Boolean unused =
        get(
            stores -> {
              stores.certificates().prepare(entry);
              return stores.certificates().markIssued(Bed.serial(serial), der(serial));
            });
  }

  private static CertificateSearch search(Optional<CertificateState> state) {
    return new CertificateSearch(
        Optional.of(CertificateKind.SUBSCRIBER),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        state,
        Optional.empty(),
        Optional.empty(),
        false,
        false);
  }

  private List<String> serials(CertificateSearch search, Instant at) {
    return get(stores -> stores.certificateRegister().list(search, Paging.first(100), at))
        .items()
        .stream()
        .map(it -> it.serialNumber().substring(16).replaceFirst("^0+", ""))
        .toList();
  }

  @Test
  @Tag("D1")
  @DisplayName("D1: certificates are found by state at every moment, the last second included")
  void states() {
    issue(1, CertificateKind.SUBSCRIBER, HANAKO, Duration.ofDays(10));
    issue(2, CertificateKind.SUBSCRIBER, HANAKO, Duration.ofDays(20));
    issue(3, CertificateKind.SUBSCRIBER, Bed.TARO, Duration.ofDays(20));
    issue(4, CertificateKind.SUBSCRIBER, Bed.TARO, Duration.ofDays(20));
    issue(5, CertificateKind.TLS_SERVER, new SubscriberId("tls-server"), Duration.ofDays(20));
    bed.run(
        stores -> {
          boolean unused =
              stores
                  .certificates()
                  .revoke(
                      Bed.serial(3),
                      new CertificateStatus.Revoked(
                          NOW, RevocationReason.KEY_COMPROMISE, Optional.of(NOW.minusSeconds(9))));
          boolean held =
              stores
                  .certificates()
                  .hold(
                      Bed.serial(4),
                      new CertificateStatus.Revoked(
                          NOW, RevocationReason.CERTIFICATE_HOLD, Optional.empty()));
          assertThat(unused && held).isTrue();
        });
    Instant lastSecond = certificate(1).notAfter().plusMillis(999);

    assertThat(serials(search(Optional.of(CertificateState.VALID)), lastSecond))
        .containsExactly("2", "1");
    assertThat(serials(search(Optional.of(CertificateState.VALID)), lastSecond.plusMillis(1)))
        .containsExactly("2");
    assertThat(serials(search(Optional.of(CertificateState.EXPIRED)), lastSecond.plusMillis(1)))
        .containsExactly("1");
    assertThat(serials(search(Optional.of(CertificateState.REVOKED)), NOW)).containsExactly("3");
    assertThat(serials(search(Optional.of(CertificateState.HELD)), NOW)).containsExactly("4");
    assertThat(serials(search(Optional.empty()), NOW)).containsExactly("4", "3", "2", "1");
    assertThat(certificate(3).revocation().orElseThrow().invalidityDate())
        .contains(NOW.minusSeconds(9));
    assertThat(certificate(5).userId()).isEmpty();
    assertThat(certificate(1).organisation()).contains(Bed.BANK.number());
    assertThat(found(stores -> stores.certificateRegister().countingOf("0001", NOW)))
        .containsExactly(Bed.serial(1), Bed.serial(2), Bed.serial(4));
  }

  private Certificate certificate(long serial) {
    return get(stores -> stores.certificateRegister().find(Bed.serial(serial), NOW)).orElseThrow();
  }

  @Test
  @Tag("D1")
  @DisplayName(
      "D1: certificates are found by user, organisation, beginning and expiry, and by page")
  void criteria() {
    for (long serial = 1; serial <= 5; serial++) {
      issue(serial, CertificateKind.SUBSCRIBER, HANAKO, Duration.ofDays(10 * serial));
    }
    Instant day25 = NOW.plus(Duration.ofDays(25));
    Optional<CertificateKind> kind = Optional.of(CertificateKind.SUBSCRIBER);
    Optional<String> none = Optional.empty();

    assertThat(
            serials(
                new CertificateSearch(
                    kind,
                    Optional.of("hanako1"),
                    none,
                    none,
                    Optional.empty(),
                    Optional.of(day25),
                    Optional.empty(),
                    false,
                    false),
                NOW))
        .containsExactly("2", "1");
    assertThat(
            serials(
                new CertificateSearch(
                    kind,
                    none,
                    Optional.of("0001"),
                    none,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(day25),
                    false,
                    false),
                NOW))
        .containsExactly("5", "4", "3");
    assertThat(
            serials(
                new CertificateSearch(
                    kind,
                    none,
                    none,
                    Optional.of("4000000000000000"),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    false,
                    false),
                NOW))
        .hasSize(5);
    assertThat(
            serials(
                new CertificateSearch(
                    kind,
                    Optional.of("HANAKO1"),
                    none,
                    none,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    false,
                    false),
                NOW))
        .as("user IDs are case-sensitive")
        .isEmpty();
    assertThat(
            serials(
                new CertificateSearch(
                    kind,
                    none,
                    Optional.of("' OR '1'='1"),
                    none,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    false,
                    false),
                NOW))
        .isEmpty();
    assertThat(
            serials(
                new CertificateSearch(
                    kind,
                    none,
                    none,
                    none,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    false,
                    true),
                NOW))
        .as("those that are not renewed")
        .containsExactly("5");
    List<String> pages = new ArrayList<>();
    Optional<String> next = Optional.empty();
    do {
      Paging paging = new Paging(2, next);
      Page<Certificate> page =
          get(stores -> stores.certificateRegister().list(search(Optional.empty()), paging, NOW));
      page.items().forEach(it -> pages.add(it.serialNumber().substring(31)));
      next = page.next();
    } while (next.isPresent());
    assertThat(pages).containsExactly("5", "4", "3", "2", "1");
    Assertions.assertThatThrownBy(
            () ->
                get(
                    stores ->
                        stores
                            .certificateRegister()
                            .list(search(Optional.empty()), new Paging(2, Optional.of("x")), NOW)))
        .isInstanceOf(InvalidCursorException.class);
  }

  @Test
  @Tag("D5")
  @DisplayName("D5: an operator's older credential is replaced when the newer one is used, once")
  void operators() {
    NewOperator clerk = new NewOperator("clerk", "係 員", List.of(Role.CLERK, Role.AUDITOR));
    issue(1, CertificateKind.OPERATOR, new SubscriberId("operator:clerk"), Duration.ofDays(10));
    issue(2, CertificateKind.OPERATOR, new SubscriberId("operator:clerk"), Duration.ofDays(10));
    Fingerprint older = Fingerprint.of(der(1));
    Fingerprint newer = Fingerprint.of(der(2));

    assertThat(did(stores -> stores.operators().add(clerk, NOW, "admin"))).isTrue();
    assertThat(did(stores -> stores.operators().add(clerk, NOW, "admin"))).isFalse();
    Boolean unused =
        get(
            stores -> {
              stores.operators().addCredential(older, "clerk", Bed.serial(1), NOW);
              stores.operators().addCredential(newer, "clerk", Bed.serial(2), NOW.plusSeconds(1));
              return true;
            });

    assertThat(found(stores -> stores.operators().use(older, NOW))).isEmpty();
    assertThat(found(stores -> stores.operators().use(newer, NOW))).containsExactly(Bed.serial(1));
    assertThat(found(stores -> stores.operators().use(newer, NOW))).isEmpty();
    Operator found = get(stores -> stores.operators().find("clerk", NOW)).orElseThrow();
    assertThat(found.roles()).containsExactly(Role.CLERK, Role.AUDITOR);
    assertThat(found.displayName()).isEqualTo("係 員");
    assertThat(found.credentials())
        .extracting(it -> it.state())
        .containsExactly(CredentialState.VALID, CredentialState.REPLACED);
    assertThat(get(stores -> stores.operators().holder(older)).orElseThrow().replaced()).isTrue();
    assertThat(did(stores -> stores.operators().disable("clerk", NOW, "admin"))).isTrue();
    assertThat(did(stores -> stores.operators().disable("clerk", NOW, "admin"))).isFalse();
    assertThat(get(stores -> stores.operators().list(Paging.first(5), NOW)).items())
        .extracting(Operator::state)
        .containsExactly(OperatorState.DISABLED);
  }

  @Test
  @DisplayName("Organisations and users are listed with how they stand")
  void people() {
    issue(1, CertificateKind.SUBSCRIBER, HANAKO, Duration.ofDays(10));
    bed.run(stores -> stores.users().remove(Bed.TARO, NOW));
    PeopleRegister.UserSearch all =
        new PeopleRegister.UserSearch(Optional.empty(), Optional.empty(), Optional.empty());

    Organisation bank =
        get(stores -> stores.people().organisations(Optional.empty(), Paging.first(5), NOW))
            .items()
            .get(0);
    List<User> users = get(stores -> stores.people().users(all, Paging.first(5), NOW)).items();
    List<User> removed =
        get(stores ->
                stores
                    .people()
                    .users(
                        new PeopleRegister.UserSearch(
                            Optional.of("0001"),
                            Optional.of("太郎"),
                            Optional.of(AccountState.REMOVED)),
                        Paging.first(5),
                        NOW))
            .items();

    assertThat(bank.users()).isEqualTo(1);
    assertThat(bank.validCertificates()).isEqualTo(1);
    assertThat(bank.state()).isEqualTo(OrganisationState.ACTIVE);
    assertThat(users).extracting(User::userId).containsExactly("hanako1");
    assertThat(users.get(0).validCertificates()).isEqualTo(1);
    assertThat(removed).extracting(User::userId).containsExactly("taro01");
    for (AccountState state : AccountState.values()) {
      PeopleRegister.UserSearch search =
          new PeopleRegister.UserSearch(Optional.empty(), Optional.empty(), Optional.of(state));
      assertThat(get(stores -> stores.people().users(search, Paging.first(5), NOW)).items())
          .allMatch(user -> user.state() == state);
    }
  }

  @Test
  @Tag("D5")
  @DisplayName("D5: of many who suspend an organisation at once one does, and it is open to nobody")
  void suspension() throws Exception {
    List<Boolean> changed =
        Race.of(
            6,
            () ->
                get(
                    stores ->
                        stores
                            .people()
                            .change(
                                "0001",
                                Set.of(OrganisationState.ACTIVE),
                                OrganisationState.SUSPENDED,
                                NOW)));

    assertThat(changed.stream().filter(it -> it)).hasSize(1);
    assertThat(did(stores -> stores.organisations().isOpen("0001"))).isFalse();
    assertThat(did(stores -> stores.organisations().isOpen("9999"))).isFalse();
  }

  @Test
  @DisplayName("The audit log is found by actor, action and time, and counted")
  void audit() {
    for (AuditAction action : List.of(AuditAction.NOTE_ADDED, AuditAction.LOGGED_IN)) {
      bed.run(
          stores ->
              stores
                  .audit()
                  .append(
                      new AuditEvent(
                          NOW,
                          new Actor(Actor.Kind.OPERATOR, "clerk"),
                          action,
                          Optional.of(HANAKO),
                          Optional.of(Bed.serial(1)),
                          "detail")));
    }
    AuditRegister.AuditSearch search =
        new AuditRegister.AuditSearch(
            Optional.of("clerk"),
            Optional.of("NOTE_ADDED"),
            Optional.of(Bed.serial(1).toString()),
            Optional.of("hanako1"),
            Optional.of(NOW),
            Optional.of(NOW.plusSeconds(1)));

    assertThat(get(stores -> stores.auditRegister().list(search, Paging.first(5))).items())
        .extracting(it -> it.action() + it.userId().orElse(""))
        .containsExactly("NOTE_ADDEDhanako1");
    assertThat(found(stores -> stores.auditRegister().counts(NOW, NOW.plusSeconds(1))))
        .extracting(it -> it.action() + " " + it.count())
        .contains("LOGGED_IN 1", "NOTE_ADDED 1");
  }
}
