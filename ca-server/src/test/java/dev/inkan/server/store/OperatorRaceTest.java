package dev.inkan.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkan.core.api.IssuedCredential;
import dev.inkan.core.api.NewOperator;
import dev.inkan.core.api.Operator;
import dev.inkan.core.api.ProblemType;
import dev.inkan.core.api.Role;
import dev.inkan.core.audit.Actor;
import dev.inkan.core.authority.Host;
import dev.inkan.core.authority.Ledger;
import dev.inkan.core.authority.OperatorCertificates;
import dev.inkan.core.key.KeyPairFactory;
import dev.inkan.core.policy.ClockPolicy;
import dev.inkan.core.store.Transactions;
import dev.inkan.core.testing.RecordingJournal;
import dev.inkan.core.testing.TestPki;
import dev.inkan.server.operation.OperationStores;
import dev.inkan.server.operation.Operators;
import dev.inkan.server.operation.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Administrators who act at the same moment. */
@ParameterizedClass(name = "on {0}")
@EnumSource(Engine.class)
@Tag("D5")
final class OperatorRaceTest {

  private static final TestPki PKI = new TestPki(Bed.NOW);
  private static final Actor ADMIN = new Actor(Actor.Kind.OPERATOR, "admin");

  private final Bed bed;
  private final Transactions<OperationStores> transactions;
  private final Operators operators;

  OperatorRaceTest(Engine engine, @TempDir Path directory) {
    this.bed = new Bed(engine, directory);
    this.transactions = bed.transactions.operation();
    this.operators =
        new Operators(
            transactions,
            new OperatorCertificates<>(
                new Ledger<>(transactions, new RecordingJournal()),
                PKI.issuingCa(),
                new Host(bed.clock, PKI.random(), Bed.NODE),
                new KeyPairFactory(PKI.providers(), PKI.random()),
                new ClockPolicy(Duration.ofDays(36_500))),
            new Operators.Terms("みほん労働金庫", 30),
            bed.clock,
            PKI.random());
  }

  @AfterEach
  void close() {
    bed.close();
  }

  private Outcome<IssuedCredential> add(String name, Role role) {
    return operators.add(ADMIN, new NewOperator(name, name, List.of(role)), false);
  }

  private Outcome<Operator> disable(String by, String name) {
    return operators.disable(new Actor(Actor.Kind.OPERATOR, by), name, Optional.empty(), false);
  }

  private static <T> List<ProblemType> refusals(List<Outcome<T>> outcomes) {
    return outcomes.stream()
        .flatMap(
            it ->
                it instanceof Outcome.Refused<T> refused
                    ? Stream.of(refused.refusal().type())
                    : Stream.empty())
        .toList();
  }

  @Test
  @DisplayName("D5: of two administrators who disable each other at once, one remains")
  void disableEachOther() throws Exception {
    for (int round = 0; round < 5; round++) {
      String one = "one" + round;
      String two = "two" + round;
      assertThat(refusals(List.of(add(one, Role.ADMINISTRATOR), add(two, Role.ADMINISTRATOR))))
          .isEmpty();
      Callable<Outcome<Operator>> first = () -> disable(one, two);
      Callable<Outcome<Operator>> second = () -> disable(two, one);

      List<Outcome<Operator>> outcomes = Race.of(List.of(first, second));

      assertThat(refusals(outcomes)).containsExactly(ProblemType.WRONG_STATE);
      List<String> left =
          transactions.inTransaction(stores -> stores.operators().lockAdministrators());
      assertThat(left).hasSize(1);
      assertThat(refusals(List.of(disable(one, left.get(0)))))
          .as("the last one")
          .containsExactly(ProblemType.WRONG_STATE);
      bed.count(
          "UPDATE bank_operator SET disabled_at = CURRENT_TIMESTAMP, disabled_by = 'test' WHERE"
              + " disabled_at IS NULL",
          "SELECT COUNT(*) FROM bank_operator");
    }
  }

  @Test
  @DisplayName(
      "D5: of three who add one name at once, one does; no credential of the others counts")
  void addOneName() throws Exception {
    List<Outcome<IssuedCredential>> outcomes = Race.of(3, () -> add("kimura", Role.CLERK));

    assertThat(refusals(outcomes)).containsExactly(ProblemType.TAKEN, ProblemType.TAKEN);
    assertThat(bed.count("SELECT COUNT(*) FROM operator_credential")).isEqualTo(1);
    assertThat(
            bed.count(
                "SELECT COUNT(*) FROM certificate WHERE kind = 'OPERATOR' AND state = 'ISSUED' AND"
                    + " revoked_at IS NULL"))
        .isEqualTo(1);
  }
}
