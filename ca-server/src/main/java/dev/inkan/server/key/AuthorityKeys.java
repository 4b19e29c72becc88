package dev.inkan.server.key;

import dev.inkan.core.key.CryptoProviders;
import dev.inkan.core.key.KeyPairFactory;
import dev.inkan.core.key.Pkcs12IssuerKey;
import dev.inkan.core.key.Token;
import dev.inkan.core.key.TokenKeys;
import dev.inkan.core.key.TokenSettings;
import dev.inkan.server.authority.Generation;
import dev.inkan.server.config.InkanConfig;
import dev.inkan.server.config.KeyPlace;
import dev.inkan.server.config.PassphraseSource;
import dev.inkan.server.config.SecretFile;
import dev.inkan.server.config.TokenConfig;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * The authority's own keys, wherever the configuration says that they live. Safe for use by several
 * threads.
 */
public final class AuthorityKeys {

  private final InkanConfig config;
  private final Passphrases passphrases;
  private final FileKey.Means files;
  private final Optional<TokenKeys> token;

  /** With this process's terminal, should a passphrase have to be typed. */
  public AuthorityKeys(InkanConfig config, CryptoProviders providers, SecureRandom random) {
    this(config, providers, random, Terminal.ofThisProcess(), SharePlan.STANDARD);
  }

  /** With another terminal, and a plan for new passphrases. Nothing is opened yet. */
  public AuthorityKeys(
      InkanConfig config,
      CryptoProviders providers,
      SecureRandom random,
      Terminal terminal,
      SharePlan plan) {
    this.config = config;
    this.passphrases = new Passphrases(terminal, random, plan);
    this.files =
        new FileKey.Means(
            new Pkcs12IssuerKey(providers, random),
            new KeyPairFactory(providers, random),
            new KeyFolder(random));
    this.token = token(config.token()).map(it -> new TokenKeys(it, providers, random));
  }

  private Optional<Token> token(TokenConfig token) {
    return token.library().flatMap(library -> token.pinFile().map(pin -> token(library, pin)));
  }

  private Token token(Path library, PassphraseSource pin) {
    String label = config.token().label();
    return new Token(
        TokenSettings.of(library, label),
        passphrases.remembering(pin, "PIN of the token '" + label + "'"));
  }

  /** The root's key. */
  public AuthorityKey root() {
    InkanConfig.Authority authority = config.authority();
    return at("root", authority.rootKeyFile(), authority.rootPassphraseFile());
  }

  /** The issuing CA's key. */
  public AuthorityKey issuing() {
    InkanConfig.Authority authority = config.authority();
    return at("issuing", authority.issuingKeyFile(), authority.issuingPassphraseFile());
  }

  /**
   * The key of the issuing CA of this number: the first one's as the configuration has it, those
   * that follow beside it, in files {@code issuing-2.p12} and so on, each with a passphrase of its
   * own, or in the same token.
   */
  public AuthorityKey issuing(int number) {
    if (number == Generation.FIRST) {
      return issuing();
    }
    InkanConfig.Authority authority = config.authority();
    String name = Generation.nameOf(number).value();
    return at(
        name,
        authority.issuingKeyFile().next(name + ".p12", number),
        authority
            .issuingPassphraseFile()
            .file()
            .map(it -> PassphraseSource.of(it.beside(name + ".passphrase")))
            .orElse(authority.issuingPassphraseFile()));
  }

  /**
   * The key of the responder of the issuing CA of this number. Servers make it themselves, and what
   * they cannot write, a credential, opens the first one's and those that follow.
   */
  public AuthorityKey responder(int number) {
    if (number == Generation.FIRST) {
      return responder();
    }
    InkanConfig.Status status = config.status();
    String name = "responder-" + number;
    SecretFile first = status.responderPassphraseFile();
    return at(
        "ocsp-" + name,
        status.responderKeyFile().next(name + ".p12", number),
        PassphraseSource.of(first.guarded() ? first : first.beside(name + ".passphrase")));
  }

  /** The key that signs OCSP answers. */
  public AuthorityKey responder() {
    InkanConfig.Status status = config.status();
    return at(
        "ocsp-responder",
        status.responderKeyFile(),
        PassphraseSource.of(status.responderPassphraseFile()));
  }

  /** The key that signs the audit trail's checkpoints. */
  public AuthorityKey audit() {
    return at(
        "audit", config.audit().keyFile(), PassphraseSource.of(config.audit().passphraseFile()));
  }

  /**
   * A key in any place.
   *
   * @param keyId how messages and logs call it
   * @param passphrase what opens it, if it lives in a file
   * @throws KeyFileException if it lives in a token and none is configured
   */
  public AuthorityKey at(String keyId, KeyPlace place, PassphraseSource passphrase) {
    if (place instanceof KeyPlace.InFile file) {
      return new FileKey(keyId, file.path(), passphrase, passphrases, files);
    }
    KeyPlace.InToken object = (KeyPlace.InToken) place;
    return new TokenKey(
        keyId,
        object,
        token.orElseThrow(
            () ->
                new KeyFileException(
                    place + " lives in a token, and the configuration has no section token")),
        config.token().pinFile().flatMap(PassphraseSource::file).map(SecretFile::path));
  }
}
