package dev.inkan.server.installation;

import dev.inkan.core.key.Credential;
import dev.inkan.server.config.InkanConfig;
import dev.inkan.server.config.KeyPlace;
import dev.inkan.server.config.PassphraseSource;
import dev.inkan.server.config.SecretFile;
import dev.inkan.server.key.AuthorityKey;
import dev.inkan.server.key.AuthorityKeys;
import java.nio.file.Path;
import java.util.Optional;

/** The root's key, brought back for the moment, or in its token. */
public final class RootKey {

  private RootKey() {}

  /**
   * Opens it.
   *
   * @param keyFile where it lies, if not where the configuration says
   * @param passphraseFile what opens it, if not what the configuration says
   * @throws InitialisationException if it is another root's than this installation's
   * @throws dev.inkan.core.key.KeyUnavailableException if it cannot be opened
   */
  public static Credential load(
      InkanConfig config,
      AuthorityKeys keys,
      Optional<Path> keyFile,
      Optional<Path> passphraseFile) {
    InkanConfig.Authority authority = config.authority();
    AuthorityKey place =
        keys.at(
            "root",
            keyFile.<KeyPlace>map(KeyPlace.InFile::new).orElse(authority.rootKeyFile()),
            passphraseFile
                .map(it -> PassphraseSource.of(new SecretFile(it)))
                .orElse(authority.rootPassphraseFile()));
    Credential root = place.open();
    if (!root.certificate().equals(Authorities.certificateIn(authority.rootCertificateFile()))) {
      throw new InitialisationException(
          place.place() + " is not the key of this installation's root. Nothing was signed.");
    }
    return root;
  }
}
