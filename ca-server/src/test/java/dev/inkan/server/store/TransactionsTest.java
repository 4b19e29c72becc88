package dev.inkan.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inkan.core.audit.Actor;
import dev.inkan.core.audit.AuditAction;
import dev.inkan.core.audit.AuditEvent;
import dev.inkan.core.store.StoreUnavailableException;
import dev.inkan.server.registration.user.UserRole;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass(name = "on {0}")
@EnumSource(Engine.class)
final class TransactionsTest {

  private final Bed bed;

  TransactionsTest(Engine engine, @TempDir Path directory) {
    this.bed = new Bed(engine, directory);
  }

  @AfterEach
  void close() {
    bed.close();
  }

  @Test
  void whatThrowsLeavesNothing() {
    assertThatThrownBy(
            () ->
                bed.run(
                    stores -> {
                      stores.users().add(Bed.user(Bed.TARO, "taro01", UserRole.MASTER, Bed.BANK));
                      throw new IllegalStateException("the act failed");
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the act failed");

    assertThat(bed.find(stores -> stores.users().find(Bed.TARO))).isEmpty();
  }

  @Test
  void whatReturnsIsSeenByAnotherServer() {
    bed.addTaro();

    try (Bed other = new Bed(bed.settings)) {
      assertThat(other.find(stores -> stores.users().find(Bed.TARO))).isPresent();
    }
  }

  @Test
  void whatReturnedIsThereAfterAReopening() {
    bed.addTaro();
    bed.close();

    try (Bed reopened = new Bed(bed.settings)) {
      assertThat(reopened.find(stores -> stores.users().find(Bed.TARO))).isPresent();
    }
  }

  @Test
  @Tag("S5")
  void aRefusalNamesTheConstraintAndNoValues() {
    bed.addTaro();
    bed.run(stores -> stores.certificates().prepare(Bed.prepared(1, Bed.TARO, Bed.NOW)));

    assertThatThrownBy(
            () ->
                bed.run(
                    stores -> stores.certificates().prepare(Bed.prepared(1, Bed.TARO, Bed.NOW))))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("serial_number_is_taken")
        .satisfies(
            refusal -> {
              StringWriter text = new StringWriter();
              refusal.printStackTrace(new PrintWriter(text));
              assertThat(text.toString())
                  .doesNotContain(Bed.serial(1).toString(), Bed.TARO.value(), "INSERT");
            });
  }

  @Test
  void aClosedDatabaseIsUnavailable() {
    bed.close();

    assertThatThrownBy(() -> bed.find(stores -> stores.users().find(Bed.TARO)))
        .isInstanceOf(StoreUnavailableException.class);
  }

  @Test
  @Tag("S12")
  void theDatabaseTellsItsTime() {
    Instant told = bed.get(stores -> stores.databaseTime());

    assertThat(Duration.between(told, Instant.now()).abs()).isLessThan(Duration.ofMinutes(1));
  }

  @Test
  @Tag("D4")
  void anEventIsWrittenWithTheActOrNotAtAll() {
    AuditEvent event =
        new AuditEvent(
            Bed.NOW,
            new Actor(Actor.Kind.SUBSCRIBER, "taro01"),
            AuditAction.CERTIFICATE_ISSUED,
            Optional.of(Bed.TARO),
            Optional.of(Bed.serial(1)),
            "first issue");
    bed.run(stores -> stores.audit().append(event));
    AuditEvent tooLong =
        new AuditEvent(
            Bed.NOW,
            event.actor(),
            event.action(),
            Optional.empty(),
            Optional.empty(),
            "x".repeat(1001));

    assertThatThrownBy(
            () ->
                bed.run(
                    stores -> {
                      stores.certificates().prepare(Bed.prepared(1, Bed.TARO, Bed.NOW));
                      stores.audit().append(tooLong);
                    }))
        .isInstanceOf(StoreUnavailableException.class);

    assertThat(bed.count("SELECT COUNT(*) FROM certificate")).isZero();
    assertThat(
            bed.count(
                "SELECT COUNT(*) FROM audit_event WHERE actor_kind = 'SUBSCRIBER'"
                    + " AND actor_name = 'taro01' AND action = 'CERTIFICATE_ISSUED'"
                    + " AND detail = 'first issue' AND serial_number IS NOT NULL"))
        .isEqualTo(1);
  }

  @Test
  @Tag("S5")
  @DisplayName("S5: every column that could hold a secret is one we know to be hashed or sealed")
  void noColumnHoldsASecretInClear() {
    List<String> suspicious =
        bed.database.inTransaction(
            handle ->
                handle
                    .createQuery(
                        """
                        SELECT LOWER(table_name || '.' || column_name) AS name
                        FROM information_schema.columns
                        WHERE LOWER(table_schema) = 'public'
                        """)
                    .map((row, context) -> row.getString("name"))
                    .filter(name -> name.matches(".*(pass|code|key|secret|token|seal|pin|hash).*"))
                    .list());

    assertThat(new TreeSet<>(suspicious))
        .containsExactly(
            "address_change.code_counter",
            "address_change.code_expires_at",
            "address_change.code_sent_at",
            "address_change.code_tries",
            "app_user.code_locks",
            "app_user.password_hash",
            "app_user.void_codes",
            "attempt_in_vain.code_locks",
            "attempt_in_vain.void_codes",
            "audit_checkpoint.hash",
            "audit_event.hash",
            "certificate_application.code_counter",
            "certificate_application.code_expires_at",
            "certificate_application.code_sent_at",
            "certificate_application.code_tries",
            "certificate_application.sealed_file",
            "certificate_application.sealed_password",
            "ledger_head.audit_hash",
            "mail_outbox.sealed",
            "master_invitation.password_hash",
            "master_registration.code_counter",
            "master_registration.code_expires_at",
            "master_registration.code_sent_at",
            "master_registration.code_tries",
            "master_registration.password_hash",
            "master_registration.sealed_password",
            "master_registration.token_hash",
            "status_responder.key_hash");
  }
}
