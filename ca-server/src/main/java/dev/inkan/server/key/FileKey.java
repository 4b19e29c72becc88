package dev.inkan.server.key;

import dev.inkan.core.certificate.Der;
import dev.inkan.core.key.Credential;
import dev.inkan.core.key.Passphrase;
import dev.inkan.core.key.Pkcs12IssuerKey;
import dev.inkan.core.key.SigningKeyMaker;
import dev.inkan.server.config.PassphraseSource;
import dev.inkan.server.config.SecretFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;

/**
 * A key in a PKCS#12 file, which is replaced as a whole: whoever reads it reads the one before or
 * the one after. Several servers may share it.
 */
final class FileKey implements AuthorityKey {

  private final String keyId;
  private final Path file;
  private final PassphraseSource source;
  private final Passphrases passphrases;
  private final Means means;

  /** What it is read, made and written with. */
  record Means(Pkcs12IssuerKey reader, SigningKeyMaker maker, KeyFolder folder) {}

  FileKey(String keyId, Path file, PassphraseSource source, Passphrases passphrases, Means means) {
    this.keyId = keyId;
    this.file = file;
    this.source = source;
    this.passphrases = passphrases;
    this.means = means;
  }

  @Override
  public boolean isMissing() {
    return !Files.exists(file);
  }

  @Override
  public void refuseExisting() {
    means.folder().refuseExisting(file);
    source.file().ifPresent(means.folder()::requireToBeHad);
  }

  @Override
  public Credential open() {
    try (Passphrase passphrase = passphrases.of(source, opening())) {
      return means.reader().load(keyId, file, passphrase);
    }
  }

  @Override
  public SigningKeyMaker maker() {
    return means.maker();
  }

  @Override
  public Credential keep(Credential made) {
    try (Passphrase passphrase = newPassphrase()) {
      means.folder().writeKey(file, passphrase, made);
    }
    return made;
  }

  @Override
  public void replace(Credential made) {
    try (Passphrase passphrase = newPassphrase()) {
      means.folder().makeFolderOf(file);
      means.folder().replaceKey(file, passphrase, made);
    }
  }

  @Override
  public Credential certify(List<Der> chain) {
    try (Passphrase passphrase = passphrases.of(source, opening())) {
      Credential certified = means.reader().load(keyId, file, passphrase).certified(keyId, chain);
      means.folder().replaceKey(file, passphrase, certified);
      return certified;
    }
  }

  private String opening() {
    return "passphrase of the key '" + keyId + "'";
  }

  /** The one that a file of it holds already, or else a new one there. */
  private Passphrase newPassphrase() {
    return source
        .file()
        .map(means.folder()::passphrase)
        .orElseGet(() -> passphrases.ofNew(source, opening()));
  }

  @Override
  public String version() {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return attributes.lastModifiedTime() + " " + attributes.size() + " " + attributes.fileKey();
    } catch (NoSuchFileException e) {
      return "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Optional<Path> opener() {
    return source.file().map(SecretFile::path);
  }

  @Override
  public String place() {
    return file.toString();
  }
}
