package dev.inkan.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inkan.core.api.Asked;
import dev.inkan.core.api.BulkPreview;
import dev.inkan.core.api.BulkRevocation;
import dev.inkan.core.api.Cause;
import dev.inkan.core.api.Certificate;
import dev.inkan.core.api.CertificateState;
import dev.inkan.core.api.Channel;
import dev.inkan.core.api.ItemState;
import dev.inkan.core.api.NewBulkRevocation;
import dev.inkan.core.api.NewRevocationRequest;
import dev.inkan.core.api.ProblemType;
import dev.inkan.core.api.RequestItem;
import dev.inkan.core.api.RequestState;
import dev.inkan.core.api.RevocationRequest;
import dev.inkan.core.api.Revoke;
import dev.inkan.core.api.Role;
import dev.inkan.core.api.SecondOperator;
import dev.inkan.core.authority.Ledger;
import dev.inkan.core.authority.RevocationAuthority;
import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.RevocationReason;
import dev.inkan.core.certificate.SubscriberId;
import dev.inkan.core.store.JournalUnavailableException;
import dev.inkan.core.store.Transactions;
import dev.inkan.core.testing.RecordingJournal;
import dev.inkan.server.operation.BulkDesk;
import dev.inkan.server.operation.Caller;
import dev.inkan.server.operation.CertificateDesk;
import dev.inkan.server.operation.CertificateStatusAuthority;
import dev.inkan.server.operation.LedgerStatusAuthority;
import dev.inkan.server.operation.OperationStores;
import dev.inkan.server.operation.Outcome;
import dev.inkan.server.operation.Paging;
import dev.inkan.server.operation.Refusal;
import dev.inkan.server.operation.RequestDesk;
import dev.inkan.server.registration.UserRole;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Requests and bulk revocations over each database: decided once, gone on with, raced. */
@ParameterizedClass(name = "on {0}")
@EnumSource(Engine.class)
final class RevocationDesksTest {

  private static final SubscriberId HANAKO = new SubscriberId("hanako");
  private static final Instant NOW = Bed.NOW.plus(Duration.ofDays(10));
  private static final Caller CLERK = caller("clerk", Role.CLERK);
  private static final Caller APPROVER = caller("approver", Role.APPROVER);
  private static final Caller BOTH = caller("both", Role.CLERK, Role.APPROVER);

  private final Bed bed;
  private final RecordingJournal journal = new RecordingJournal();
  private final Transactions<OperationStores> transactions;
  private final CertificateStatusAuthority authority;

  RevocationDesksTest(Engine engine, @TempDir Path directory) {
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

  private RequestDesk requests(SecondOperator policy) {
    return new RequestDesk(transactions, authority, policy, bed.clock);
  }

  private BulkDesk bulk(SecondOperator policy) {
    return new BulkDesk(transactions, authority, policy, bed.clock);
  }

  private CertificateDesk certificates(SecondOperator policy) {
    return new CertificateDesk(transactions, authority, policy, bed.clock);
  }

  private void issue(long serial, SubscriberId holder) {
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

  private static Asked asked(Cause cause, Optional<Instant> lostAt) {
    return new Asked("見本 主", Channel.PAPER, cause, lostAt, Optional.empty());
  }

  private static NewRevocationRequest ofHanako(boolean hold) {
    return new NewRevocationRequest(
        Optional.of("hanako1"), List.of(), asked(Cause.LOST, Optional.empty()), hold);
  }

  private static <T> T value(Outcome<T> outcome) {
    if (outcome instanceof Outcome.Done<T> done) {
      return done.value();
    }
    throw new AssertionError(outcome);
  }

  private static ProblemType problem(Outcome<?> outcome) {
    return refusal(outcome).type();
  }

  private static Refusal refusal(Outcome<?> outcome) {
    return ((Outcome.Refused<?>) outcome).refusal();
  }

  private Certificate certificate(long serial) {
    return value(certificates(SecondOperator.BULK).find(Bed.serial(serial)));
  }

  private long audited(String action) {
    return bed.count("SELECT COUNT(*) FROM audit_event WHERE action = '" + action + "'");
  }

  @Test
  @Tag("D3")
  @DisplayName("D3: a request holds at once, and rejecting it releases")
  void holdAndReject() {
    issue(1, HANAKO);

    RevocationRequest request =
        value(requests(SecondOperator.ALWAYS).add(CLERK, ofHanako(true), false));
    CertificateState held = certificate(1).state();
    bed.clock.advance(Duration.ofMinutes(1));
    RevocationRequest rejected =
        value(
            requests(SecondOperator.ALWAYS)
                .reject(APPROVER, request.number(), Optional.of("found again")));

    assertThat(request.held()).isTrue();
    assertThat(held).isEqualTo(CertificateState.HELD);
    assertThat(rejected.state()).isEqualTo(RequestState.REJECTED);
    assertThat(rejected.decisionNote()).contains("found again");
    assertThat(certificate(1).state()).isEqualTo(CertificateState.VALID);
    assertThat(audited("REQUEST_REJECTED")).isEqualTo(1);
    assertThat(audited("CERTIFICATE_RELEASED")).isEqualTo(1);
  }

  @Test
  @Tag("D3")
  @DisplayName("D3: what somebody else had put on hold is not released with the request")
  void othersHoldStays() {
    issue(1, HANAKO);
    value(certificates(SecondOperator.BULK).hold(CLERK, Bed.serial(1), Optional.empty(), false));

    RevocationRequest request =
        value(requests(SecondOperator.BULK).add(CLERK, ofHanako(true), false));
    value(requests(SecondOperator.BULK).reject(CLERK, request.number(), Optional.empty()));

    assertThat(request.held()).isFalse();
    assertThat(certificate(1).state()).isEqualTo(CertificateState.HELD);
  }

  @Test
  @Tag("D3")
  @Tag("D5")
  @DisplayName("D5: under «always» nobody approves their own request; another approver's revokes")
  void ownRequest() {
    issue(1, HANAKO);
    RequestDesk desk = requests(SecondOperator.ALWAYS);
    RevocationRequest request = value(desk.add(BOTH, ofHanako(false), false));

    assertThat(problem(desk.approve(BOTH, request.number(), Optional.empty())))
        .isEqualTo(ProblemType.OWN_REQUEST);
    assertThat(problem(desk.approve(CLERK, request.number(), Optional.empty())))
        .isEqualTo(ProblemType.ROLE_MISSING);
    assertThat(
            problem(
                certificates(SecondOperator.ALWAYS)
                    .revoke(
                        CLERK,
                        Bed.serial(1),
                        new Revoke(RevocationReason.SUPERSEDED, Optional.empty(), Optional.empty()),
                        false)))
        .isEqualTo(ProblemType.SECOND_OPERATOR_REQUIRED);
    assertThat(certificate(1).state()).isEqualTo(CertificateState.VALID);

    RevocationRequest done = value(desk.approve(APPROVER, request.number(), Optional.empty()));

    assertThat(done.state()).isEqualTo(RequestState.DONE);
    assertThat(certificate(1).revocation().orElseThrow().reason())
        .isEqualTo(RevocationReason.KEY_COMPROMISE);
    assertThat(certificate(1).revocation().orElseThrow().request()).contains(request.number());
  }

  @Test
  @Tag("D5")
  @DisplayName("D5: of many who approve at once one does; the certificate is revoked once")
  void approversRace() throws Exception {
    issue(1, HANAKO);
    RequestDesk desk = requests(SecondOperator.ALWAYS);
    long number = value(desk.add(CLERK, ofHanako(false), false)).number();

    List<Outcome<RevocationRequest>> outcomes =
        Race.of(6, () -> desk.approve(APPROVER, number, Optional.empty()));

    // Whoever comes after the decision and before the end goes on with it, which is safe.
    assertThat(outcomes).anyMatch(Outcome.Done.class::isInstance);
    assertThat(outcomes)
        .filteredOn(Outcome.Refused.class::isInstance)
        .allMatch(it -> problem(it) == ProblemType.WRONG_STATE);
    assertThat(audited("REQUEST_APPROVED")).isEqualTo(1);
    assertThat(audited("CERTIFICATE_REVOKED")).isEqualTo(1);
    assertThat(audited("REQUEST_DONE")).isEqualTo(1);
    assertThat(value(desk.find(number)).certificates())
        .extracting(RequestItem::state)
        .containsExactly(ItemState.REVOKED);
  }

  @Test
  @Tag("D3")
  @DisplayName(
      "D3: a certificate that somebody revoked meanwhile is named so, and the request done")
  void revokedMeanwhile() {
    issue(1, HANAKO);
    RequestDesk desk = requests(SecondOperator.BULK);
    long number = value(desk.add(CLERK, ofHanako(false), false)).number();
    Revoke superseded = new Revoke(RevocationReason.SUPERSEDED, Optional.empty(), Optional.empty());
    value(certificates(SecondOperator.BULK).revoke(CLERK, Bed.serial(1), superseded, false));

    RevocationRequest done = value(desk.approve(APPROVER, number, Optional.empty()));

    assertThat(done.state()).isEqualTo(RequestState.DONE);
    assertThat(done.certificates().get(0).state()).isEqualTo(ItemState.ALREADY_REVOKED);
    assertThat(certificate(1).revocation().orElseThrow().reason())
        .isEqualTo(RevocationReason.SUPERSEDED);
  }

  @Test
  @Tag("D3")
  @DisplayName(
      "D3: approved when the journal breaks, the request is gone on with by whoever asks next")
  void goneOnWith() {
    issue(1, HANAKO);
    RequestDesk desk = requests(SecondOperator.BULK);
    long number = value(desk.add(CLERK, ofHanako(false), false)).number();
    journal.breakAt(RecordingJournal.Entry.REVOKED);
    assertThatThrownBy(() -> desk.approve(APPROVER, number, Optional.empty()))
        .isInstanceOf(JournalUnavailableException.class);
    assertThat(value(desk.find(number)).state()).isEqualTo(RequestState.APPROVED);
    journal.mend();

    assertThat(value(desk.approve(CLERK, number, Optional.empty())).state())
        .isEqualTo(RequestState.DONE);
    assertThat(certificate(1).state()).isEqualTo(CertificateState.REVOKED);
  }

  @Test
  @Tag("D1")
  @Tag("S14")
  @DisplayName("D1: lost in the future or before the certificate was made is a slip, and told so")
  void dates() {
    issue(1, HANAKO);
    RequestDesk desk = requests(SecondOperator.BULK);
    CertificateDesk direct = certificates(SecondOperator.BULK);

    for (Instant wrong : List.of(NOW.plusSeconds(1), Bed.NOW.minusSeconds(2))) {
      NewRevocationRequest slip =
          new NewRevocationRequest(
              Optional.of("hanako1"), List.of(), asked(Cause.LOST, Optional.of(wrong)), false);
      assertThat(refusal(desk.add(CLERK, slip, false)).fields().get(0).field())
          .isEqualTo("asked.lostAt");
      Revoke how =
          new Revoke(RevocationReason.KEY_COMPROMISE, Optional.of(wrong), Optional.empty());
      assertThat(refusal(direct.revoke(CLERK, Bed.serial(1), how, false)).fields().get(0).field())
          .isEqualTo("invalidityDate");
    }
    Instant right = NOW.minusSeconds(3600);
    Revoke how = new Revoke(RevocationReason.KEY_COMPROMISE, Optional.of(right), Optional.empty());
    Certificate revoked = value(direct.revoke(CLERK, Bed.serial(1), how, false));
    assertThat(revoked.revocation().orElseThrow().invalidityDate()).contains(right);
  }

  @Test
  @Tag("D3")
  @DisplayName("D3: a request names what it is about in one way, of one user, that counts")
  void wrongRequests() {
    issue(1, HANAKO);
    issue(2, Bed.TARO);
    RequestDesk desk = requests(SecondOperator.BULK);
    Asked asked = asked(Cause.LOST, Optional.empty());
    String hanakos = Bed.serial(1).toString();
    String taros = Bed.serial(2).toString();

    assertThat(
            problem(
                desk.add(
                    CLERK,
                    new NewRevocationRequest(Optional.empty(), List.of(), asked, false),
                    false)))
        .isEqualTo(ProblemType.INVALID_VALUE);
    assertThat(
            problem(
                desk.add(
                    CLERK,
                    new NewRevocationRequest(
                        Optional.of("hanako1"), List.of(hanakos), asked, false),
                    false)))
        .isEqualTo(ProblemType.INVALID_VALUE);
    assertThat(
            problem(
                desk.add(
                    CLERK,
                    new NewRevocationRequest(
                        Optional.empty(), List.of(hanakos, taros), asked, false),
                    false)))
        .isEqualTo(ProblemType.INVALID_VALUE);
    assertThat(
            problem(
                desk.add(
                    CLERK,
                    new NewRevocationRequest(
                        Optional.empty(), List.of(hanakos, "0x" + hanakos), asked, false),
                    false)))
        .isEqualTo(ProblemType.INVALID_VALUE);
    assertThat(
            problem(
                desk.add(
                    CLERK,
                    new NewRevocationRequest(Optional.of("nobody1"), List.of(), asked, false),
                    false)))
        .isEqualTo(ProblemType.NOT_FOUND);
    assertThat(
            problem(
                desk.add(
                    CLERK,
                    new NewRevocationRequest(Optional.empty(), List.of("99"), asked, false),
                    false)))
        .isEqualTo(ProblemType.NOT_FOUND);
    value(desk.add(CLERK, ofHanako(false), true));
    assertThat(bed.count("SELECT COUNT(*) FROM revocation_request")).as("dry run").isZero();
    value(desk.add(CLERK, ofHanako(false), false));
    assertThat(problem(desk.add(CLERK, ofHanako(false), false))).isEqualTo(ProblemType.WRONG_STATE);
  }

  @Test
  @Tag("D1")
  @Tag("D5")
  @DisplayName("D1: a bulk run that broke in the middle is gone on with; each is revoked once")
  void resumable() {
    for (long serial = 1; serial <= 5; serial++) {
      issue(serial, serial == 5 ? Bed.TARO : HANAKO);
    }
    BulkDesk desk = bulk(SecondOperator.BULK);
    BulkPreview preview = value(desk.add(CLERK, ofTheBank(), false));
    long number = preview.created().orElseThrow().number();
    assertThat(problem(desk.run(CLERK, number, 10)))
        .isEqualTo(ProblemType.SECOND_OPERATOR_REQUIRED);
    value(desk.approve(APPROVER, number, Optional.empty()));

    assertThat(value(desk.run(CLERK, number, 2)).progress().pending()).isEqualTo(3);
    journal.breakAt(RecordingJournal.Entry.REVOKED);
    assertThatThrownBy(() -> desk.run(CLERK, number, 10))
        .isInstanceOf(JournalUnavailableException.class);
    journal.mend();
    // As if the process had died between the revocation and its answer: revoked, and not by this.
    value(
        certificates(SecondOperator.BULK)
            .revoke(
                CLERK,
                Bed.serial(4),
                new Revoke(RevocationReason.SUPERSEDED, Optional.empty(), Optional.empty()),
                false));
    BulkRevocation done = value(bulk(SecondOperator.BULK).run(APPROVER, number, 10));

    assertThat(preview.certificates()).isEqualTo(5);
    assertThat(preview.users()).isEqualTo(2);
    assertThat(done.state()).isEqualTo(RequestState.DONE);
    assertThat(done.progress().revoked()).isEqualTo(4);
    assertThat(done.progress().alreadyRevoked()).isEqualTo(1);
    assertThat(audited("CERTIFICATE_REVOKED")).isEqualTo(5);
    assertThat(audited("BULK_DONE")).isEqualTo(1);
    assertThat(value(desk.run(CLERK, number, 10)).state()).isEqualTo(RequestState.DONE);
  }

  private static NewBulkRevocation ofTheBank() {
    return new NewBulkRevocation(
        Optional.of(Bed.BANK.number()),
        List.of(),
        List.of(),
        asked(Cause.CLOSING, Optional.empty()));
  }

  @Test
  @Tag("D1")
  @DisplayName("D1: two that run one bulk revocation at once share the work")
  void runnersRace() throws Exception {
    for (long serial = 1; serial <= 12; serial++) {
      issue(serial, HANAKO);
    }
    BulkDesk desk = bulk(SecondOperator.NEVER);
    long number = value(desk.add(CLERK, ofTheBank(), false)).created().orElseThrow().number();

    Race.of(4, () -> desk.run(CLERK, number, 12));

    BulkRevocation done = value(desk.run(CLERK, number, 1));
    assertThat(done.progress().revoked()).isEqualTo(12);
    assertThat(done.progress().alreadyRevoked()).isZero();
    assertThat(audited("CERTIFICATE_REVOKED")).isEqualTo(12);
    assertThat(audited("BULK_DONE")).isEqualTo(1);
  }

  @Test
  @Tag("D5")
  @DisplayName("D5: nobody approves their own bulk revocation, and a rejected one never runs")
  void ownBulk() {
    issue(1, HANAKO);
    BulkDesk desk = bulk(SecondOperator.BULK);
    long number = value(desk.add(BOTH, ofTheBank(), false)).created().orElseThrow().number();

    assertThat(problem(desk.approve(BOTH, number, Optional.empty())))
        .isEqualTo(ProblemType.OWN_REQUEST);
    value(desk.reject(APPROVER, number, Optional.of("wrong organisation")));
    assertThat(problem(desk.approve(APPROVER, number, Optional.empty())))
        .isEqualTo(ProblemType.WRONG_STATE);
    assertThat(problem(desk.run(CLERK, number, 1))).isEqualTo(ProblemType.WRONG_STATE);
    assertThat(certificate(1).state()).isEqualTo(CertificateState.VALID);
  }

  @Test
  @Tag("D1")
  @DisplayName("D1: a list with a slip in it is not taken, and each slip is named")
  void slips() {
    issue(1, HANAKO);
    BulkDesk desk = bulk(SecondOperator.BULK);
    NewBulkRevocation list =
        new NewBulkRevocation(
            Optional.empty(),
            List.of(Bed.serial(1).toString(), "no serial", Bed.serial(77).toString()),
            List.of("hanako1", "nobody1"),
            asked(Cause.OTHER, Optional.empty()));

    Refusal refusal = refusal(desk.add(CLERK, list, true));

    assertThat(refusal.type()).isEqualTo(ProblemType.NOT_FOUND);
    assertThat(refusal.fields())
        .extracting(it -> it.field())
        .containsExactly("no serial", Bed.serial(77).toString(), "nobody1");
    assertThat(
            problem(
                desk.add(
                    CLERK,
                    new NewBulkRevocation(
                        Optional.of("7777"),
                        List.of(),
                        List.of(),
                        asked(Cause.OTHER, Optional.empty())),
                    false)))
        .isEqualTo(ProblemType.NOT_FOUND);
    assertThat(desk.list(Optional.empty(), Paging.first(10)).items()).isEmpty();
  }
}
