package dev.inkan.server.key;

import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.Fingerprint;
import dev.inkan.core.key.Credential;
import dev.inkan.core.key.SigningKeyMaker;
import dev.inkan.core.key.TokenKeys;
import dev.inkan.server.config.KeyPlace;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A key that a token made and never shows. */
final class TokenKey implements AuthorityKey {

  private final String keyId;
  private final KeyPlace.InToken place;
  private final TokenKeys keys;
  private final Optional<Path> pinFile;

  TokenKey(String keyId, KeyPlace.InToken place, TokenKeys keys, Optional<Path> pinFile) {
    this.pinFile = pinFile;
    this.keyId = keyId;
    this.place = place;
    this.keys = keys;
  }

  @Override
  public boolean isMissing() {
    return version().isEmpty();
  }

  @Override
  public void refuseExisting() {
    keys.requireNone(keyId, place.object());
  }

  @Override
  public Credential open() {
    return keys.load(keyId, place.object());
  }

  @Override
  public SigningKeyMaker maker() {
    return keys.maker(keyId, place.object());
  }

  @Override
  public Credential keep(Credential made) {
    return keys.keep(keyId, place.object(), made.chain());
  }

  @Override
  public void replace(Credential made) {
    Credential unused = keep(made);
  }

  @Override
  public Credential certify(List<Der> chain) {
    return keys.certify(keyId, place.object(), chain);
  }

  @Override
  public String version() {
    return keys.certificate(keyId, place.object()).map(it -> Fingerprint.of(it).hex()).orElse("");
  }

  @Override
  public Optional<Path> opener() {
    return pinFile;
  }

  @Override
  public String place() {
    return place.toString();
  }
}
