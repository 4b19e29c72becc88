package dev.inkan.core.authority;

import dev.inkan.core.certificate.CaName;
import dev.inkan.core.certificate.CrlNumber;
import dev.inkan.core.crl.CrlContent;
import dev.inkan.core.crl.CrlDamagedException;
import dev.inkan.core.crl.CrlEntries;
import dev.inkan.core.crl.CrlReader;
import dev.inkan.core.crl.CrlSigner;
import dev.inkan.core.crl.CrlSummary;
import dev.inkan.core.issue.AuthorityUris;
import dev.inkan.core.issue.Issuer;
import dev.inkan.core.key.CryptoProviders;
import dev.inkan.core.key.IssuerKey;
import dev.inkan.core.policy.ClockPolicy;
import dev.inkan.core.store.Journal;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;

/**
 * Signs one CA's CRLs: each under a number that was written down before, under a clock that can be
 * trusted, and checked as relying parties will read it before anybody gets it. Safe for use by
 * several threads.
 */
public final class CrlAuthority {

  private final CaName name;
  private final Journal journal;
  private final TrustedClock clock;
  private final CrlSigner signer;
  private final CrlReader reader;
  private final AuthorityUris uris;

  /**
   * @param uris where this CA publishes
   */
  public CrlAuthority(
      CaName name,
      IssuerKey key,
      AuthorityUris uris,
      Journal journal,
      Clock clock,
      ClockPolicy clocks,
      CryptoProviders providers) {
    this.name = name;
    this.journal = journal;
    this.clock = new TrustedClock(clock, clocks);
    Issuer issuer = Issuer.of(key.certificate(), uris);
    this.signer = new CrlSigner(issuer, key::newSigner);
    this.reader = new CrlReader(issuer, providers.forVerification());
    this.uris = uris;
  }

  public CaName name() {
    return name;
  }

  /** Where it publishes. */
  public AuthorityUris uris() {
    return uris;
  }

  /** Reads what this CA signed. */
  public CrlReader reader() {
    return reader;
  }

  /**
   * The time to sign with.
   *
   * @throws ClockSuspiciousException if the clock is off the database's, or behind what it was
   */
  public Instant now(Instant databaseTime) {
    return clock.instantAgainst(databaseTime);
  }

  /**
   * Writes down that {@code number} is used, whatever becomes of it.
   *
   * @throws dev.inkan.core.store.JournalUnavailableException if that cannot be; it is not used
   */
  public void use(CrlNumber number) {
    journal.crlNumber(name, number, clock.instant());
  }

  /**
   * Signs one CRL into a new file, which is on stable storage and as it should be once this
   * returns.
   *
   * @throws UncheckedIOException if the file cannot be written
   * @throws IllegalStateException if what came out is no sound CRL; nobody may get it
   */
  public CrlSummary sign(CrlContent content, CrlEntries entries, Path file) {
    try {
      try (FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        OutputStream out = Channels.newOutputStream(channel);
        signer.sign(content, entries, out);
        channel.force(true);
      }
      CrlSummary signed = reader.read(file);
      if (!signed.isOf(content, entries.count())) {
        throw new IllegalStateException("CRL " + content.number() + " came out as " + signed);
      }
      return signed;
    } catch (CrlDamagedException e) {
      throw new IllegalStateException("CRL " + content.number() + " of " + name + " failed", e);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "CRL " + content.number() + " of " + name + " cannot be written: " + e.getMessage(), e);
    }
  }
}
