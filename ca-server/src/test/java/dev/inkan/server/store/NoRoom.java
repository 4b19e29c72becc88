package dev.inkan.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkan.core.certificate.CrlNumber;
import dev.inkan.server.status.LedgerHistory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A process for which the disk is full: the kernel lets it write no file longer than some octets.
 * What it does then is what it does on a full disk, and no root is needed to make one.
 */
final class NoRoom {

  /** Less than a CRL of {@link #MANY} takes, more than one of a few. */
  private static final String LITTLE = "4096";

  private static final String ENOUGH = "unlimited";
  private static final int FEW = 3;
  private static final int MANY = 300;

  private NoRoom() {}

  /**
   * Arguments: the database's URL, an empty folder. Ends with another status than 0 if it fails.
   */
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[1]);
    try (Bed bed = new Bed(new DatabaseSettings(arguments[0], "postgres", "postgres", 4))) {
      bed.addTaro();
      PublishingNode.addRevoked(bed, 1, FEW);
      JdbiCrlStore store = new JdbiCrlStore(bed.database, Bed.NODE);
      try (PublishingNode one =
              new PublishingNode(bed, store, new LedgerHistory(), folder.resolve("one"));
          PublishingNode two =
              new PublishingNode(bed, store, new LedgerHistory(), folder.resolve("two"))) {
        CrlNumber first = one.run();
        assertThat(two.run()).isEqualTo(first);
        byte[] before = one.published();
        PublishingNode.addRevoked(bed, 1_000, MANY);

        leave(LITTLE);
        assertThat(one.run()).as("nothing is signed").isEqualTo(first);
        assertThat(one.published()).isEqualTo(before);
        assertThat(bed.count("SELECT COUNT(*) FROM crl")).isEqualTo(1);
        leave(ENOUGH);
        CrlNumber second = one.run();
        assertThat(second).isGreaterThan(first);
        assertThat(one.entries()).isEqualTo(FEW + MANY);

        leave(LITTLE);
        assertThat(two.run()).as("nothing is published").isEqualTo(first);
        assertThat(two.published()).isEqualTo(before);
        leave(ENOUGH);
        assertThat(two.run()).isEqualTo(second);
        assertThat(two.published()).isEqualTo(one.published());
        assertThat(one.journal.crlNumbers()).isSorted().doesNotHaveDuplicates();
        requireTidy(folder);
      }
    }
  }

  private static void leave(String octets) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                "prlimit",
                "--pid",
                Long.toString(ProcessHandle.current().pid()),
                "--fsize=" + octets + ":")
            .inheritIO()
            .start();
    assertThat(process.waitFor()).isZero();
  }

  private static void requireTidy(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> left = files.filter(it -> it.getFileName().toString().startsWith(".")).toList();
      assertThat(left).isEmpty();
    }
  }
}
