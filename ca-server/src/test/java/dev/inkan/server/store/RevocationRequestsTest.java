package dev.inkan.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inkan.core.api.Asked;
import dev.inkan.core.api.Cause;
import dev.inkan.core.api.Certificate;
import dev.inkan.core.api.CertificateState;
import dev.inkan.core.api.ItemState;
import dev.inkan.core.api.NewRevocationRequest;
import dev.inkan.core.api.ProblemType;
import dev.inkan.core.api.RequestItem;
import dev.inkan.core.api.RequestState;
import dev.inkan.core.api.RevocationRequest;
import dev.inkan.core.api.Revoke;
import dev.inkan.core.api.SecondOperator;
import dev.inkan.core.certificate.RevocationReason;
import dev.inkan.core.store.JournalUnavailableException;
import dev.inkan.core.testing.RecordingJournal;
import dev.inkan.server.operation.CertificateDesk;
import dev.inkan.server.operation.Outcome;
import dev.inkan.server.operation.RequestDesk;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Requests to revoke over each database: decided once, gone on with, raced. */
@ParameterizedClass(name = "on {0}")
@EnumSource(Engine.class)
final class RevocationRequestsTest extends RevocationDesks {

  RevocationRequestsTest(Engine engine, @TempDir Path directory) {
    super(engine, directory);
  }

  private static NewRevocationRequest ofHanako(boolean hold) {
    return new NewRevocationRequest(
        Optional.of("hanako1"), List.of(), asked(Cause.LOST, Optional.empty()), hold);
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
}
