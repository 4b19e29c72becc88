package dev.inkan.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inkan.core.api.BulkPreview;
import dev.inkan.core.api.BulkRevocation;
import dev.inkan.core.api.Cause;
import dev.inkan.core.api.CertificateState;
import dev.inkan.core.api.NewBulkRevocation;
import dev.inkan.core.api.ProblemType;
import dev.inkan.core.api.RequestState;
import dev.inkan.core.api.Revoke;
import dev.inkan.core.api.SecondOperator;
import dev.inkan.core.certificate.RevocationReason;
import dev.inkan.core.store.JournalUnavailableException;
import dev.inkan.core.testing.RecordingJournal;
import dev.inkan.server.operation.BulkDesk;
import dev.inkan.server.operation.Paging;
import dev.inkan.server.operation.Refusal;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Bulk revocations over each database: decided once, gone on with, raced. */
@ParameterizedClass(name = "on {0}")
@EnumSource(Engine.class)
final class BulkRevocationsTest extends RevocationDesks {

  BulkRevocationsTest(Engine engine, @TempDir Path directory) {
    super(engine, directory);
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
