package dev.inkan.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkan.core.policy.LockoutPolicy.Attempts;
import dev.inkan.server.registration.LoginId;
import dev.inkan.server.registration.MasterInvitation;
import dev.inkan.server.registration.Organisation;
import dev.inkan.server.registration.OrganisationEntry;
import dev.inkan.server.registration.PasswordHash;
import dev.inkan.server.registration.UserId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass(name = "on {0}")
@EnumSource(Engine.class)
final class OrganisationStoreTest {

  private static final PasswordHash HASH =
      new PasswordHash("$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA");

  private final Bed bed;

  OrganisationStoreTest(Engine engine, @TempDir Path directory) {
    this.bed = new Bed(engine, directory);
  }

  @AfterEach
  void close() {
    bed.close();
  }

  private boolean add(Organisation organisation) {
    return bed.did(stores -> stores.organisations().add(organisation));
  }

  @Test
  @Tag("C1")
  @DisplayName("C1: an organisation comes back as added, in the characters its name has")
  void added() {
    Organisation longest = new Organisation("A-1", "𠮷".repeat(64));

    assertThat(add(Bed.BANK)).isTrue();
    assertThat(add(longest)).isTrue();

    assertThat(bed.find(stores -> stores.organisations().find("0001"))).contains(Bed.BANK);
    assertThat(bed.find(stores -> stores.organisations().find("A-1"))).contains(longest);
    assertThat(bed.find(stores -> stores.organisations().find("a-1"))).isEmpty();
    assertThat(bed.find(stores -> stores.organisations().find("' OR '1'='1"))).isEmpty();
  }

  @Test
  @Tag("C1")
  @DisplayName("C1: a number is taken once; the transaction goes on and the first name stands")
  void taken() {
    add(Bed.BANK);
    Organisation other = new Organisation("0001", "別会社");

    boolean secondAndThird =
        bed.did(
            stores ->
                stores.organisations().add(other)
                    || !stores.organisations().add(new Organisation("0002", "別会社")));

    assertThat(secondAndThird).isFalse();
    assertThat(bed.find(stores -> stores.organisations().find("0001"))).contains(Bed.BANK);
    assertThat(bed.find(stores -> stores.organisations().find("0002"))).isPresent();
  }

  @Test
  @DisplayName("Of eight that add one number at once, one is told that it did")
  void race() throws Exception {
    List<Boolean> added = Race.of(8, () -> add(Bed.BANK));

    assertThat(added.stream().filter(it -> it)).hasSize(1);
  }

  @Test
  @DisplayName("The list tells of each organisation how far its master user is")
  void list() {
    add(new Organisation("0003", "招かれた"));
    add(new Organisation("0002", "何もない"));
    bed.addTaro();
    MasterInvitation letter =
        MasterInvitation.issued(
            new Organisation("0003", "招かれた"),
            new LoginId("AB12345678"),
            HASH,
            Bed.NOW,
            Bed.NOW.plus(Duration.ofDays(30)));
    bed.run(stores -> stores.invitations().replace(letter));

    List<OrganisationEntry> entries = bed.list(stores -> stores.organisations().list());

    assertThat(entries)
        .containsExactly(
            new OrganisationEntry(
                Bed.BANK,
                Optional.of(
                    new OrganisationEntry.Master(new UserId("taro01"), false, Attempts.NONE)),
                Optional.empty()),
            new OrganisationEntry(
                new Organisation("0002", "何もない"), Optional.empty(), Optional.empty()),
            new OrganisationEntry(
                new Organisation("0003", "招かれた"),
                Optional.empty(),
                Optional.of(
                    new OrganisationEntry.Letter(
                        new LoginId("AB12345678"),
                        Bed.NOW.plus(Duration.ofDays(30)),
                        false,
                        Attempts.NONE))));
  }
}
