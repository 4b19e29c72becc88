package dev.inkan.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkan.server.registration.user.Organisation;
import java.nio.file.Path;
import java.util.List;
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
}
