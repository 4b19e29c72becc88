package dev.inkan.server.status;

import dev.inkan.core.certificate.CaName;
import dev.inkan.core.certificate.CertificateStatus;
import dev.inkan.core.certificate.CrlNumber;
import dev.inkan.core.crl.CrlDamagedException;
import dev.inkan.core.crl.CrlEntry;
import dev.inkan.core.crl.CrlReader;
import dev.inkan.core.crl.CrlSummary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * Compares a published full CRL with the ledger, entry by entry: it takes memory for eight octets
 * of each, and for the differences that it tells. Safe for use by several threads.
 */
public final class CrlComparison {

  private final CrlFolder folder;
  private final CrlStore store;
  private final int most;

  /**
   * @param most how many differences of each kind are told
   */
  public CrlComparison(CrlFolder folder, CrlStore store, int most) {
    this.folder = folder;
    this.store = store;
    this.most = most;
  }

  /**
   * What CRL and ledger disagree about.
   *
   * @param missing revoked or on hold, not ended when the CRL was signed, and not on it
   * @param surplus on it, and neither revoked nor on hold
   */
  public record Difference(CrlNumber number, List<CrlEntry> missing, List<CrlEntry> surplus) {

    public Difference {
      missing = List.copyOf(missing);
      surplus = List.copyOf(surplus);
    }
  }

  /** Compares the published full CRL of {@code ca}, if there is one. */
  public Optional<Difference> of(CaName ca) {
    return folder
        .find("/crl/" + ca + ".crl")
        .map(PublishedFile::content)
        .filter(PublishedFile.Content.File.class::isInstance)
        .map(it -> compare(ca, ((PublishedFile.Content.File) it).file()));
  }

  private Difference compare(CaName ca, Path file) {
    // Open until the end: a file that was replaced twice meanwhile has lost its name.
    try (FileChannel channel = FileChannel.open(file)) {
      CrlReader reader = folder.reader(ca);
      SerialSet listed = new SerialSet();
      CrlSummary crl =
          reader.read(Channels.newInputStream(channel), entry -> listed.add(entry.serialNumber()));
      listed.seal();
      BitSet known = new BitSet(listed.size());
      List<CrlEntry> missing = missing(ca, crl.thisUpdate(), listed, known);
      List<CrlEntry> surplus = new ArrayList<>();
      channel.position(0);
      CrlSummary unused =
          reader.read(
              Channels.newInputStream(channel),
              entry -> {
                if (surplus.size() < most && !known.get(listed.indexOf(entry.serialNumber()))) {
                  surplus.add(entry.decoded());
                }
              });
      return new Difference(crl.number(), missing, surplus);
    } catch (IOException e) {
      throw new UncheckedIOException("a published CRL cannot be read: " + e.getMessage(), e);
    } catch (CrlDamagedException e) {
      throw new IllegalStateException("a published CRL was damaged: " + e.getMessage(), e);
    }
  }

  private List<CrlEntry> missing(CaName ca, Instant signed, SerialSet listed, BitSet known) {
    List<CrlEntry> missing = new ArrayList<>();
    store.forEachRevoked(
        ca,
        entry -> {
          int index = listed.indexOf(entry.serialNumber());
          if (index >= 0) {
            known.set(index);
          } else if (missing.size() < most && entry.notAfter().isAfter(signed)) {
            // What had ended may be left out.
            CertificateStatus.Revoked revocation = entry.revocation().orElseThrow();
            missing.add(CrlEntry.of(entry.serialNumber(), revocation));
          }
        });
    return missing;
  }
}
