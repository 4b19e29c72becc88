package dev.inkan.server.key;

import dev.inkan.core.certificate.Der;
import dev.inkan.core.key.Credential;
import dev.inkan.core.key.SigningKeyMaker;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * One key of the authority's own in its place, a file or a token. What cannot be opened is told by
 * a {@link dev.inkan.core.key.KeyUnavailableException}. Safe for use by several threads.
 */
public sealed interface AuthorityKey permits FileKey, TokenKey {

  /** Whether there is none yet. */
  boolean isMissing();

  /**
   * Refuses to go on if its place is taken, or what is to open it cannot be had.
   *
   * @throws KeyFileException if so, or {@link dev.inkan.core.key.KeyUnavailableException}
   */
  void refuseExisting();

  /** Reads it, and checks that it is its certificate's. */
  Credential open();

  /** Makes new keys for this place; {@link #keep} or {@link #replace} puts one there. */
  SigningKeyMaker maker();

  /**
   * Puts a new key into its empty place.
   *
   * @param made a key of {@link #maker}, certified
   * @return the key, as it is from now on
   */
  Credential keep(Credential made);

  /**
   * Puts a new key into the place of the one before, which is gone.
   *
   * @param made a key of {@link #maker}, certified
   */
  void replace(Credential made);

  /**
   * Gives the key that is there the certificate that came for it.
   *
   * @param chain the key's certificate first, then its issuers up to and with the root
   */
  Credential certify(List<Der> chain);

  /** Which key is there, as far as its outside tells; empty text if there is none. */
  String version();

  /** The file whose passphrase or PIN opens it, if one does. */
  Optional<Path> opener();

  /** How messages call the place. */
  String place();
}
