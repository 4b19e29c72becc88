package dev.inkan.server.status;

import dev.inkan.core.authority.CrlAuthority;
import dev.inkan.core.certificate.CaName;
import dev.inkan.core.certificate.CrlNumber;
import dev.inkan.core.crl.CrlContent;
import dev.inkan.core.crl.CrlEntry;
import dev.inkan.core.crl.CrlEntryFile;
import dev.inkan.core.policy.CrlPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Signs one CA's full and delta CRLs when they are due: on schedule, and when something changed. A
 * number is taken and written down first, so that whatever breaks it is never used again. For one
 * thread at a time.
 */
public final class CrlSigning {

  private final CrlAuthority authority;
  private final CrlStore store;
  private final LedgerHistory history;
  private final CrlPolicy policy;
  private final boolean deltas;
  private final Path folder;

  /**
   * @param history of the ledger, which must be one since the start: else what it forgot would be
   *     missing
   * @param deltas whether each CRL is followed by deltas
   * @param folder where files lie while they are made
   */
  public CrlSigning(
      CrlAuthority authority,
      CrlStore store,
      LedgerHistory history,
      CrlPolicy policy,
      boolean deltas,
      Path folder) {
    this.authority = authority;
    this.store = store;
    this.history = history;
    this.policy = policy;
    this.deltas = deltas;
    this.folder = folder;
  }

  CaName ca() {
    return authority.name();
  }

  /** Signs if it is due; says whether this server did. */
  public boolean signIfDue() {
    CrlStore.Standing standing = store.look(ca());
    Instant now = authority.now(standing.databaseTime());
    return isDue(standing, now) && sign(now, it -> isDue(it, now), false).isPresent();
  }

  /**
   * Signs one as on schedule, due or not.
   *
   * @return its number; empty if another server was faster
   */
  public Optional<CrlNumber> signNow() {
    return sign(authority.now(store.look(ca()).databaseTime()), it -> true, true);
  }

  private boolean isDue(CrlStore.Standing standing, Instant now) {
    return standing.changed() || isScheduleDue(standing, now);
  }

  private boolean isScheduleDue(CrlStore.Standing standing, Instant now) {
    return standing.scheduled().map(it -> policy.isDue(it.signedAt(), now)).orElse(true);
  }

  private Optional<CrlNumber> sign(
      Instant now, Predicate<CrlStore.Standing> wanted, boolean forced) {
    history.requireOne();
    Path work = workFolder();
    try {
      Optional<CrlNumber> number =
          store.take(
              ca(),
              standing ->
                  wanted.test(standing)
                      ? Optional.of(
                          standing
                              .lastNumber()
                              .map(last -> last.next(now))
                              .orElseGet(() -> CrlNumber.first(now)))
                      : Optional.empty());
      number.ifPresent(authority::use);
      return number.filter(
          it -> store.sign(ca(), it, signing -> write(signing, it, now, forced, work)));
    } finally {
      delete(work);
    }
  }

  private void write(
      CrlStore.Signing signing, CrlNumber number, Instant now, boolean forced, Path work) {
    history.last().ifPresent(signing::requireHolds);
    Optional<SignedCrl> base = signing.standing().scheduled();
    boolean scheduled = forced || isScheduleDue(signing.standing(), now);
    SignedCrl crl =
        new SignedCrl(
            ca(),
            number,
            scheduled,
            now,
            policy.thisUpdate(now),
            policy.nextUpdate(now),
            signing.change(),
            base.map(SignedCrl::endedAfter).orElse(SignedCrl.Ended.NONE),
            base.filter(it -> deltas).map(SignedCrl::number));
    try (CrlEntryFile full = CrlEntryFile.create(work.resolve("full.entries"));
        CrlEntryFile delta = CrlEntryFile.create(work.resolve("delta.entries"))) {
      collect(signing, crl, base, full, delta);
      CrlContent content = CrlContent.full(number, crl.thisUpdate(), crl.nextUpdate());
      Path fullFile = work.resolve("full.crl");
      Optional<Path> deltaFile = crl.deltaBase().map(it -> work.resolve("delta.crl"));
      CrlContent pointing =
          deltaFile.isPresent() ? content.withFreshest(authority.uris().deltaCrl()) : content;
      var unusedFull = authority.sign(pointing, full, fullFile);
      if (deltaFile.isPresent()) {
        var unusedDelta =
            authority.sign(
                content.deltaOver(crl.deltaBase().orElseThrow()), delta, deltaFile.get());
      }
      signing.add(crl, fullFile, deltaFile);
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  /** One pass over the ledger for both, so that they tell the same. */
  private static void collect(
      CrlStore.Signing signing,
      SignedCrl crl,
      Optional<SignedCrl> base,
      CrlEntryFile full,
      CrlEntryFile delta) {
    long since = base.map(SignedCrl::change).orElse(Long.MAX_VALUE);
    signing.forEach(
        base.map(SignedCrl::ended).orElse(SignedCrl.Ended.NONE),
        since,
        entry -> {
          try {
            Optional<CrlEntry> listed =
                entry
                    .revocation()
                    .filter(it -> !crl.ended().leavesOut(entry))
                    .map(it -> CrlEntry.of(entry.serialNumber(), it));
            if (listed.isPresent()) {
              full.append(listed.get());
            }
            boolean changed = entry.change() > since;
            if (listed.isPresent() && changed) {
              delta.append(listed.get());
            } else if (listed.isEmpty()) {
              // Released since the base, or ended and on one CRL since, and off this one.
              Instant at = entry.released().filter(it -> changed).orElse(entry.notAfter());
              delta.append(CrlEntry.removed(entry.serialNumber(), at));
            }
          } catch (IOException e) {
            throw unwritable(e);
          }
        });
  }

  private Path workFolder() {
    try {
      Files.createDirectories(folder);
      return Files.createTempDirectory(folder, ".signing-");
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private static UncheckedIOException unwritable(IOException e) {
    return new UncheckedIOException("a CRL's entries cannot be written: " + e.getMessage(), e);
  }

  private static void delete(Path work) {
    try (Stream<Path> files = Files.walk(work)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(work + " cannot be deleted", e);
    }
  }
}
