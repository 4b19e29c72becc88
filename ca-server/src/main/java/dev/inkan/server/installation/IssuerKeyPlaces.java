package dev.inkan.server.installation;

import dev.inkan.core.certificate.Der;
import dev.inkan.core.key.Credential;
import dev.inkan.core.key.CryptoProviders;
import dev.inkan.core.key.KeyUnavailableException;
import dev.inkan.core.key.KeyUnavailableException.Reason;
import dev.inkan.core.key.SigningKeyMaker;
import dev.inkan.server.authority.Generation;
import dev.inkan.server.authority.IssuerKeys;
import dev.inkan.server.config.InkanConfig;
import dev.inkan.server.key.AuthorityKey;
import dev.inkan.server.key.AuthorityKeys;
import dev.inkan.server.key.KeyFolder;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/** The issuing CAs' keys in the places that {@link AuthorityKeys} knows. */
public final class IssuerKeyPlaces implements IssuerKeys {

  private final InkanConfig config;
  private final CryptoProviders providers;
  private final AuthorityKeys keys;

  public IssuerKeyPlaces(InkanConfig config, CryptoProviders providers, SecureRandom random) {
    this.config = config;
    this.providers = providers;
    this.keys = new AuthorityKeys(config, providers, random);
  }

  public CryptoProviders providers() {
    return providers;
  }

  /** All of the authority's own keys. */
  public AuthorityKeys keys() {
    return keys;
  }

  private AuthorityKey at(int number) {
    return keys.issuing(number);
  }

  /** Where the key of this one's responder lives, or will. */
  public AuthorityKey responder(int number) {
    return keys.responder(number);
  }

  private static String name(int number) {
    return Generation.nameOf(number).value();
  }

  @Override
  public String place(int number) {
    return at(number).place();
  }

  @Override
  public Credential open(Generation generation) {
    AuthorityKey place = at(generation.number());
    String name = generation.name().value();
    if (place.isMissing()) {
      throw new KeyUnavailableException(
          name,
          Reason.MISSING,
          place.place()
              + " does not exist. This issuing CA still signs: bring its key and passphrase to this"
              + " machine from where it was made, readable by their owner alone");
    }
    Credential key = place.open();
    if (generation.certificate().filter(it -> !it.equals(key.certificate())).isPresent()) {
      throw new KeyUnavailableException(
          name,
          Reason.KEY_DOES_NOT_MATCH_CERTIFICATE,
          place.place() + " is of another CA than the one that the database knows by this name");
    }
    return key;
  }

  /** Every key that is here, the first one's first; the first one's must be. */
  public List<Credential> openAll() {
    List<Credential> all = new ArrayList<>();
    int number = Generation.FIRST;
    do {
      all.add(at(number).open());
      number++;
    } while (!at(number).isMissing());
    return all;
  }

  @Override
  public void requireNone(int number) {
    at(number).refuseExisting();
  }

  @Override
  public SigningKeyMaker maker(int number) {
    return at(number).maker();
  }

  @Override
  public Credential keep(int number, Credential made) {
    return at(number).keep(made);
  }

  @Override
  public Credential openAwaited(int number) {
    AuthorityKey place = at(number);
    if (place.isMissing()) {
      throw new KeyUnavailableException(
          name(number),
          Reason.MISSING,
          place.place()
              + " does not exist: run the command on the machine where the request was made");
    }
    return place.open();
  }

  @Override
  public Credential certify(int number, List<Der> chain) {
    return at(number).certify(chain);
  }

  @Override
  public Der root() {
    return Authorities.certificateIn(config.authority().rootCertificateFile());
  }

  /** For what else is written beside the keys. */
  Path beside(String name) {
    return KeyFolder.of(config).resolve(name);
  }
}
