package dev.inkan.server.backup;

import dev.inkan.core.certificate.CaName;
import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.NodeName;
import dev.inkan.core.store.Journal;
import dev.inkan.core.store.Transactions;
import dev.inkan.server.registration.RegistrationStores;
import dev.inkan.server.store.Database;
import dev.inkan.server.store.DatabaseSettings;
import dev.inkan.server.store.DatabaseTransfer;
import dev.inkan.server.store.SchemaUpgrade;
import dev.inkan.server.store.SchemaVersionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Provider;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Makes an installation of an opened backup, whole or not at all: what later CRLs revoke is carried
 * into the backup's rows first, and the database, filled at the very end, is what makes it one. For
 * one thread.
 */
public final class Restore {

  private static final int CONNECTIONS = 4;
  private static final String H2_ENDING = ".mv.db";

  private final Target target;
  private final Provider verification;
  private final Clock clock;

  /** The place that the configuration describes. */
  public interface Target {

    /** The configuration file; it need not be there. */
    Path configuration();

    /** What the configuration says, whether or not the files are there that it names. */
    Plan plan();

    /** The database, once the files are there that the configuration names. */
    DatabaseSettings database();

    /** The certificates of all that ever signed; the keys of those that will are opened. */
    Map<CaName, Der> issuers(Database rows);

    /** Does something to the ledger and the journal. */
    void inLedger(Database rows, Work work);
  }

  /**
   * Where everything goes.
   *
   * @param node whose journal it will be
   */
  public record Plan(NodeName node, Installation files) {}

  /** What is done to the ledger. */
  @FunctionalInterface
  public interface Work {
    void in(Transactions<RegistrationStores> transactions, Journal journal);
  }

  /**
   * What became of it.
   *
   * @param rows how many rows the database has
   */
  public record Report(
      Restoration.Journal journal, List<RevocationsOfCrl.Report> crls, long rows) {}

  /**
   * @param verification the provider that checks CRLs' signatures
   */
  public Restore(Target target, Provider verification, Clock clock) {
    this.target = target;
    this.verification = verification;
    this.clock = clock;
  }

  /**
   * Restores.
   *
   * @param crls published after the backup
   * @param progress is told, in a sentence, what is done
   * @throws BackupException if it cannot; everything is as it was before
   */
  public Report from(OpenedBackup backup, List<Path> crls, Consumer<String> progress) {
    boolean ours = Restoration.putConfiguration(backup, target.configuration());
    try {
      return with(backup, crls, progress);
    } catch (RuntimeException e) {
      if (ours) {
        takeAway(target.configuration(), e);
      }
      throw e;
    }
  }

  private static void takeAway(Path configuration, RuntimeException why) {
    try {
      Files.deleteIfExists(configuration);
    } catch (IOException e) {
      why.addSuppressed(e);
      throw new BackupException(left(why, List.of(configuration)), why);
    }
  }

  private Report with(OpenedBackup backup, List<Path> crls, Consumer<String> progress) {
    Plan plan = target.plan();
    requireSameNode(backup.manifest(), plan.node());
    Restoration restoration = new Restoration(backup, plan.files());
    restoration.refuseExisting();
    Restoration.Journal journal = restoration.journal();
    try {
      restoration.put();
      progress.accept("Keys and journal are in place.");
      DatabaseSettings rows = rows(backup);
      List<RevocationsOfCrl.Report> united = unite(backup, rows, crls, plan.node());
      Map<String, Long> copied =
          DatabaseTransfer.copy(rows, target.database(), (table, count) -> {});
      return new Report(journal, united, copied.values().stream().mapToLong(Long::longValue).sum());
    } catch (RuntimeException e) {
      List<Path> left = restoration.undo();
      if (!left.isEmpty()) {
        throw new BackupException(left(e, left), e);
      }
      throw e;
    }
  }

  private static String left(RuntimeException why, List<Path> left) {
    return why.getMessage() + " Delete what could not be taken away again: " + left;
  }

  // A journal is one server's: under another name it would be taken for another's.
  private static void requireSameNode(BackupManifest manifest, NodeName node) {
    if (!manifest.node().equals(node.value())) {
      throw new BackupException(
          "the backup is of "
              + manifest.node()
              + ", and the configuration's node is "
              + node
              + ". Set node: "
              + manifest.node()
              + ". Nothing was changed.");
    }
  }

  private static DatabaseSettings rows(OpenedBackup backup) {
    String file = backup.database().toString();
    return DatabaseSettings.h2(
        Path.of(file.substring(0, file.length() - H2_ENDING.length())), CONNECTIONS);
  }

  private List<RevocationsOfCrl.Report> unite(
      OpenedBackup backup, DatabaseSettings rows, List<Path> crls, NodeName node) {
    upToDate(backup.manifest(), rows);
    List<RevocationsOfCrl.Report> united = new ArrayList<>();
    try (Database database = Database.openMigrated(rows)) {
      Map<CaName, Der> issuers = target.issuers(database);
      List<LaterCrl> later =
          crls.stream().map(it -> LaterCrl.read(it, issuers, verification)).toList();
      if (!later.isEmpty()) {
        target.inLedger(
            database,
            (transactions, journal) -> {
              RevocationsOfCrl revocations =
                  new RevocationsOfCrl(transactions, journal, node, clock);
              later.forEach(crl -> united.add(revocations.unite(crl)));
            });
      }
    }
    return united;
  }

  // An older version's backup has an older schema.
  private static void upToDate(BackupManifest manifest, DatabaseSettings rows) {
    try {
      SchemaUpgrade upgrade = new SchemaUpgrade(rows);
      if (!upgrade.state().isCurrent()) {
        upgrade.run();
      }
    } catch (SchemaVersionException e) {
      throw new BackupException(
          "the backup was made by Inkan "
              + manifest.program()
              + ": restore it with that version or a later one ("
              + e.getMessage()
              + "). Nothing was restored.",
          e);
    }
  }
}
