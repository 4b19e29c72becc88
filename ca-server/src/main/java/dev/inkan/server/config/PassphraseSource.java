package dev.inkan.server.config;

import java.util.Optional;

/**
 * Where the passphrase of a key that is opened once, at the start, comes from. Where no one is to
 * type, a {@link SecretFile} is the only source. No interface, since those are sections to the
 * mapping.
 */
public abstract sealed class PassphraseSource {

  /** How the configuration writes the sources that are no file. */
  static final String PROMPT = "prompt:";

  static final String SHARES = "shares:";

  /** The source that {@code file} is. */
  public static PassphraseSource of(SecretFile file) {
    return new InFile(file);
  }

  /** The file, if it is one. */
  public Optional<SecretFile> file() {
    return this instanceof InFile in ? Optional.of(in.file) : Optional.empty();
  }

  /** A file holds it. */
  static final class InFile extends PassphraseSource {

    private final SecretFile file;

    InFile(SecretFile file) {
      this.file = file;
    }
  }

  /** Somebody types it at the terminal. */
  public static final class Prompt extends PassphraseSource {}

  /** Several keepers type their shares at the terminal, as many as were agreed on. */
  public static final class Shares extends PassphraseSource {}
}
