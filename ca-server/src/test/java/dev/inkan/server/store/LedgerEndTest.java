package dev.inkan.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inkan.core.audit.Actor;
import dev.inkan.core.authority.Ledger;
import dev.inkan.core.authority.Revocation;
import dev.inkan.core.authority.RevocationAuthority;
import dev.inkan.core.certificate.CertificateStatus;
import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.LedgerState;
import dev.inkan.core.certificate.RevocationReason;
import dev.inkan.core.certificate.SubscriberId;
import dev.inkan.core.store.StoreUnavailableException;
import dev.inkan.core.testing.RecordingJournal;
import dev.inkan.server.registration.RegistrationStores;
import dev.inkan.server.registration.user.UserRole;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What a transaction writes as its last act. */
@ParameterizedClass(name = "on {0}")
@EnumSource(Engine.class)
final class LedgerEndTest {

  private static final int TRANSACTIONS = Integer.getInteger("inkan.chain.rounds", 10);
  private static final int WRITERS = 4;

  private static final Der CERTIFICATE = Der.copyOf(new byte[] {0x30, 0x03, 0x02, 0x01, 0x07});
  private static final Der ANOTHER = Der.copyOf(new byte[] {0x30, 0x03, 0x02, 0x01, 0x08});

  private final Bed bed;

  LedgerEndTest(Engine engine, @TempDir Path directory) {
    this.bed = new Bed(engine, directory);
  }

  @AfterEach
  void close() {
    bed.close();
  }

  @Test
  @Tag("D4")
  @Tag("D2")
  @DisplayName("D4, D2: of two servers at once: no gap, no break, and a reader misses no change")
  void atOnce() throws Exception {
    try (Bed other = new Bed(bed.settings)) {
      AtomicBoolean done = new AtomicBoolean();
      List<Callable<Integer>> courses = new ArrayList<>();
      for (int writer = 0; writer < 2 * WRITERS; writer++) {
        int first = writer * TRANSACTIONS;
        Bed server = writer % 2 == 0 ? bed : other;
        courses.add(() -> write(server, first));
      }
      List<String> followed = new ArrayList<>();
      Thread reader = new Thread(() -> follow(done, followed), "reader");
      reader.start();
      Race.of(courses);
      done.set(true);
      reader.join();

      bed.requireChained();
      assertThat(bed.auditRecords()).hasSize(2 * WRITERS * TRANSACTIONS);
      assertThat(followed).as("what a reader saw by and by").isEqualTo(bed.changesAfter(0));
      assertThat(followed).hasSize(2 * WRITERS * TRANSACTIONS);
    }
  }

  private static int write(Bed server, int first) {
    for (int i = 0; i < TRANSACTIONS; i++) {
      int serial = first + i;
      SubscriberId holder = new SubscriberId("holder-" + serial);
      server.run(
          stores -> {
            stores.audit().append(Bed.event("prepared " + serial));
            stores.certificates().prepare(Bed.prepared(serial, holder, Bed.NOW));
          });
      assertThatThrownBy(() -> server.run(stores -> failAfterWriting(stores, serial)))
          .hasMessage("the act failed");
    }
    return TRANSACTIONS;
  }

  private static void failAfterWriting(RegistrationStores stores, int serial) {
    stores.audit().append(Bed.event("never happened"));
    stores.certificates().abandon(Bed.serial(serial), Bed.NOW, Optional.empty());
    throw new IllegalStateException("the act failed");
  }

  /** As a status service does: what came after the last number seen, again and again. */
  private void follow(AtomicBoolean done, List<String> followed) {
    long seen = 0;
    boolean last;
    do {
      last = done.get();
      long from = seen;
      List<String> news = bed.changesAfter(from);
      followed.addAll(news);
      seen += news.size(); // each entry changes once here, so numbers are as many as entries
    } while (!last);
  }

  @Test
  @Tag("D4")
  @DisplayName("D4: what is rolled back leaves no gap")
  void noGap() {
    bed.run(stores -> stores.audit().append(Bed.event("first")));
    assertThatThrownBy(() -> bed.run(stores -> failAfterWriting(stores, 1)))
        .hasMessage("the act failed");
    bed.run(
        stores -> {
          stores.audit().append(Bed.event("second"));
          stores.audit().append(Bed.event("third"));
        });

    bed.requireChained();
    assertThat(bed.auditRecords())
        .extracting(written -> written.entry().detail())
        .containsExactly("first", "second", "third");
  }

  @Test
  @Tag("D2")
  @DisplayName("D2: every change of a certificate moves it to the end of the feed")
  void changesAreNumbered() {
    bed.run(stores -> stores.certificates().prepare(Bed.prepared(1, Bed.TARO, Bed.NOW)));
    bed.run(stores -> stores.certificates().prepare(Bed.prepared(2, Bed.TARO, Bed.NOW)));
    assertThat(bed.changesAfter(0)).containsExactly(serial(1), serial(2));

    bed.run(stores -> stores.certificates().markIssued(Bed.serial(1), CERTIFICATE));
    assertThat(bed.changesAfter(2)).containsExactly(serial(1));

    bed.run(stores -> stores.certificates().markIssued(Bed.serial(1), CERTIFICATE));
    assertThat(bed.changesAfter(3)).as("nothing changed").isEmpty();

    bed.run(
        stores -> {
          stores.certificates().revoke(Bed.serial(1), revocation());
          stores.certificates().abandon(Bed.serial(2), Bed.NOW, Optional.empty());
        });
    assertThat(bed.changesAfter(3)).containsExactly(serial(1), serial(2));
    assertThat(bed.count("SELECT COUNT(*) FROM certificate WHERE change_number IS NULL")).isZero();
  }

  @Test
  @Tag("S11")
  @DisplayName("S11: while no event can be written, nothing is prepared, issued or revoked")
  void noEventNoAct() {
    bed.run(stores -> stores.certificates().prepare(Bed.prepared(1, Bed.TARO, Bed.NOW)));
    bed.run(stores -> stores.certificates().prepare(Bed.prepared(2, Bed.TARO, Bed.NOW)));
    bed.run(stores -> stores.certificates().markIssued(Bed.serial(2), CERTIFICATE));
    refuseEvents();
    RevocationAuthority<?> authority =
        new RevocationAuthority<>(
            new Ledger<>(bed.transactions, new RecordingJournal()), bed.clock);

    assertThatExceptionOfType(StoreUnavailableException.class)
        .isThrownBy(
            () ->
                bed.run(
                    stores -> {
                      stores.certificates().prepare(Bed.prepared(3, Bed.TARO, Bed.NOW));
                      stores.audit().append(Bed.event("prepared"));
                    }));
    assertThatExceptionOfType(StoreUnavailableException.class)
        .isThrownBy(
            () ->
                bed.run(
                    stores -> {
                      stores.certificates().markIssued(Bed.serial(1), ANOTHER);
                      stores.audit().append(Bed.event("issued"));
                    }))
        .withMessageContaining("no_more_events");
    assertThatExceptionOfType(StoreUnavailableException.class)
        .isThrownBy(
            () ->
                authority.revoke(
                    Bed.serial(2),
                    Revocation.because(RevocationReason.KEY_COMPROMISE),
                    new Actor(Actor.Kind.OPERATOR, "hanako"),
                    (stores, revoked) -> {}));

    assertThat(bed.find(stores -> stores.certificates().find(Bed.serial(3)))).isEmpty();
    assertThat(bed.find(stores -> stores.certificates().find(Bed.serial(1))))
        .hasValueSatisfying(entry -> assertThat(entry.state()).isEqualTo(LedgerState.PREPARED));
    assertThat(bed.find(stores -> stores.certificates().find(Bed.serial(2))))
        .hasValueSatisfying(entry -> assertThat(entry.revocation()).isEmpty());
    assertThat(bed.changesAfter(3)).isEmpty();
    bed.requireChained();
  }

  private void refuseEvents() {
    bed.database.inTransaction(
        handle ->
            handle.execute(
                "ALTER TABLE audit_event ADD CONSTRAINT no_more_events CHECK (number < 0)"));
  }

  @Test
  @DisplayName("Who writes neither events nor certificates waits for nobody who does")
  void theHeadIsLeftAlone() {
    bed.database.inTransaction(
        holder -> {
          LedgerHead.lock(holder);
          bed.run(
              stores ->
                  stores.users().add(Bed.user(Bed.TARO, "taro01", UserRole.MASTER, Bed.BANK)));
          return 0;
        });

    assertThat(bed.find(stores -> stores.users().find(Bed.TARO))).isPresent();
  }

  private static CertificateStatus.Revoked revocation() {
    return new CertificateStatus.Revoked(Bed.NOW, RevocationReason.SUPERSEDED);
  }

  private static String serial(long value) {
    return Bed.serial(value).toString();
  }
}
