package dev.inkan.server.backup;

import dev.inkan.core.certificate.CaName;
import dev.inkan.core.certificate.Der;
import dev.inkan.core.crl.CrlDamagedException;
import dev.inkan.core.crl.CrlReader;
import dev.inkan.core.crl.CrlSummary;
import dev.inkan.core.crl.EncodedEntry;
import dev.inkan.core.issue.AuthorityUris;
import dev.inkan.core.issue.Issuer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.security.Provider;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A CRL that was published after a backup, of one of the backup's issuing CAs, its signature
 * verified. Its entries pass by: memory holds none of them. Immutable.
 */
public final class LaterCrl {

  // An issuer is told apart by name and key; where it publishes is of no interest here.
  private static final URI NOWHERE = URI.create("http://localhost");

  private final Path file;
  private final CaName issuer;
  private final CrlReader reader;
  private final CrlSummary summary;

  private LaterCrl(Path file, CaName issuer, CrlReader reader, CrlSummary summary) {
    this.file = file;
    this.issuer = issuer;
    this.reader = reader;
    this.summary = summary;
  }

  /**
   * Reads it once, for its signature.
   *
   * @param file DER, or PEM, of which the first CRL counts
   * @param issuers the certificates of all that ever signed
   * @throws BackupException if it is none of theirs, a delta CRL, or not as it was signed
   */
  static LaterCrl read(Path file, Map<CaName, Der> issuers, Provider verification) {
    return issuers.entrySet().stream()
        .flatMap(it -> of(file, it.getKey(), it.getValue(), verification).stream())
        .findFirst()
        .orElseThrow(
            () ->
                new BackupException(
                    file + " is no CRL of the backup's issuing CA. Nothing was restored."));
  }

  private static Optional<LaterCrl> of(
      Path file, CaName ca, Der certificate, Provider verification) {
    AuthorityUris unused = AuthorityUris.below(NOWHERE, ca.value());
    CrlReader reader = new CrlReader(Issuer.of(certificate, unused), verification);
    try (InputStream in = CrlFile.open(file)) {
      CrlSummary summary = reader.read(in);
      if (summary.base().isPresent()) {
        throw new BackupException(
            file + " is a delta CRL: name the full one, issuing.crl. Nothing was restored.");
      }
      return Optional.of(new LaterCrl(file, ca, reader, summary));
    } catch (CrlDamagedException e) {
      return Optional.empty(); // another's, perhaps
    } catch (IOException e) {
      throw new BackupException(
          file + " cannot be read (" + e.getMessage() + "). Nothing was restored.", e);
    }
  }

  CaName issuer() {
    return issuer;
  }

  CrlSummary summary() {
    return summary;
  }

  /** Hands over every entry, in a second reading. */
  void forEach(Consumer<EncodedEntry> each) {
    try (InputStream in = CrlFile.open(file)) {
      CrlSummary again = reader.read(in, each);
      if (!again.equals(summary)) {
        throw new BackupException(file + " became another meanwhile. Nothing was restored.");
      }
    } catch (IOException | CrlDamagedException e) {
      throw new BackupException(
          file + " cannot be read again (" + e.getMessage() + "). Nothing was restored.", e);
    }
  }
}
