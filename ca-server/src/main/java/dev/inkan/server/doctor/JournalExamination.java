package dev.inkan.server.doctor;

import dev.inkan.core.certificate.Fingerprint;
import dev.inkan.core.store.JournalUnavailableException;
import dev.inkan.server.config.InkanConfig;
import dev.inkan.server.store.FileJournal;
import dev.inkan.server.store.JournalCorruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The record beside the database: there, whole, and this installation's. */
final class JournalExamination implements Examination {

  private static final String PART = "journal";

  private final InkanConfig config;
  private final Supplier<Optional<Fingerprint>> issuer;

  /**
   * @param issuer the issuing CA, if its key file can be read
   */
  JournalExamination(InkanConfig config, Supplier<Optional<Fingerprint>> issuer) {
    this.config = config;
    this.issuer = issuer;
  }

  @Override
  public List<Finding> examine() {
    Path file = config.journal().file();
    if (!Files.exists(file)) {
      return List.of(
          Finding.fault(
              PART,
              file + " does not exist",
              "without it a restored database forgets revocations, and the server does not start",
              "put the newest copy of this server's journal there"));
    }
    if (!Files.isWritable(file)) {
      return List.of(
          Finding.fault(
              PART,
              file + " cannot be written by this user",
              "nothing can be issued or revoked",
              "chown it to the server's user, or run doctor as that user"));
    }
    Optional<Fingerprint> ca = issuer.get();
    if (ca.isEmpty()) {
      return List.of(
          Finding.warning(
              PART,
              file + " was not read",
              "whose it is can be told by the first issuing CA's certificate alone",
              "mend the issuing key first"));
    }
    try {
      long records = FileJournal.examine(file, config.node(), ca.get());
      return List.of(Finding.ok(PART, file + " is whole: " + records + " records"));
    } catch (JournalCorruptException e) {
      return List.of(
          Finding.fault(
              PART,
              "line " + e.line() + " of " + file + " is not as this server wrote it",
              "the server does not start: the file may hold revocations the database has lost",
              "never edit or delete it: check 'node' and 'journal.file', else put the journal's"
                  + " newest copy there"));
    } catch (JournalUnavailableException e) {
      return List.of(
          Finding.fault(
              PART,
              file + " cannot be read",
              "the server does not start",
              "chown it to the server's user, or run doctor as that user"));
    }
  }
}
