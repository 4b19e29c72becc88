package dev.inkan.server.doctor;

import static java.util.Objects.requireNonNull;

import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.Fingerprint;
import dev.inkan.core.key.Credential;
import dev.inkan.core.key.CryptoProviders;
import dev.inkan.core.key.KeyUnavailableException;
import dev.inkan.core.key.Passphrase;
import dev.inkan.server.config.ConfigurationException;
import dev.inkan.server.config.InkanConfig;
import dev.inkan.server.config.SecretFile;
import dev.inkan.server.health.OwnCertificate;
import dev.inkan.server.key.AuthorityKey;
import dev.inkan.server.key.AuthorityKeys;
import dev.inkan.server.tls.ServerKey;
import dev.inkan.server.tls.ServerKeyException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;

/**
 * The files of the installation's own keys: there, for the server's eyes alone, opened, in time.
 */
final class KeyExamination implements Examination {

  private static final String PART = "keys";
  private static final String STOPS = "the server does not start";

  private final InkanConfig config;
  private final Instruments instruments;
  private final AuthorityKeys keys;
  private final AtomicReference<Optional<Credential>> issuing =
      new AtomicReference<>(Optional.empty());

  KeyExamination(InkanConfig config, Instruments instruments) {
    this.config = config;
    this.instruments = instruments;
    CryptoProviders providers = CryptoProviders.fastest(instruments.random());
    this.keys = new AuthorityKeys(config, providers, instruments.random());
  }

  /** The issuing CA, once its key file was read. */
  Optional<Fingerprint> issuer() {
    return issuingCa().map(it -> Fingerprint.of(it.certificate()));
  }

  private Optional<Credential> issuingCa() {
    return requireNonNull(issuing.get());
  }

  @Override
  public List<Finding> examine() {
    List<Finding> findings = new ArrayList<>();
    issuing(findings);
    root(findings);
    underIssuing("audit", keys.audit(), findings, OwnCertificate::audit);
    underIssuing(
        "responder", keys.responder(), findings, (end, file) -> OwnCertificate.responder(end));
    web(findings);
    serverKey(findings);
    return findings;
  }

  private void issuing(List<Finding> findings) {
    AuthorityKey key = keys.issuing();
    load(key, findings)
        .ifPresent(
            credential -> {
              issuing.set(Optional.of(credential));
              X509Certificate certificate = parse(credential.certificate());
              if (certificate.getBasicConstraints() < 0) {
                findings.add(
                    Finding.fault(
                        PART,
                        key.place() + " holds the key of " + certificate.getSubjectX500Principal(),
                        "that is no CA: nothing can be issued",
                        "put the issuing CA's key file there, from the backup"));
              }
              add(OwnCertificate.issuing(end(certificate)), findings);
            });
  }

  private void root(List<Finding> findings) {
    Path file = config.authority().rootCertificateFile();
    if (!Files.exists(file) || issuingCa().isEmpty()) {
      return; // told with the configuration, or not to be compared with anything
    }
    List<Der> chain = issuingCa().get().chain();
    Der top = chain.get(chain.size() - 1);
    try {
      X509Certificate root =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(file)));
      if (Arrays.equals(root.getEncoded(), top.toByteArray())) {
        add(OwnCertificate.root(end(root)), findings);
        return;
      }
      findings.add(otherRoot(file));
    } catch (IOException | GeneralSecurityException e) {
      findings.add(otherRoot(file));
    }
  }

  private static Finding otherRoot(Path file) {
    return Finding.fault(
        PART,
        file + " is not the root above the issuing CA",
        "who is given this file as the trust anchor trusts another CA, or none",
        "put the root's certificate of the ceremony there; it is the last in chain.pem");
  }

  private void underIssuing(
      String name,
      AuthorityKey key,
      List<Finding> findings,
      BiFunction<Instant, String, OwnCertificate> certificate) {
    String file = key.place();
    if (isMissing(key)) {
      findings.add(
          Finding.warning(
              PART,
              file + " does not exist",
              "the next start makes another " + name + " key",
              "restore it from the backup, or start the server"));
      return;
    }
    load(key, findings)
        .ifPresent(
            credential -> {
              if (issuingCa()
                  .filter(ca -> !credential.chain().contains(ca.certificate()))
                  .isPresent()) {
                findings.add(
                    Finding.fault(
                        PART,
                        file + " holds a key of another CA",
                        "what it signs is believed by nobody",
                        "restore it from the backup, or move it away and start the server, which"
                            + " makes another"));
                return;
              }
              add(certificate.apply(end(parse(credential.certificate())), file), findings);
            });
  }

  /** What cannot even be asked is told when it is opened. */
  private static boolean isMissing(AuthorityKey key) {
    try {
      return key.isMissing();
    } catch (KeyUnavailableException e) {
      return false;
    }
  }

  private static Optional<Credential> load(AuthorityKey key, List<Finding> findings) {
    try {
      Credential credential = key.open();
      findings.add(Finding.ok(PART, key.place() + " opens, and its key is its certificate's"));
      return Optional.of(credential);
    } catch (KeyUnavailableException e) {
      findings.add(
          Finding.fault(PART, String.valueOf(e.getMessage()), STOPS, cure(e.reason(), key)));
    } catch (ConfigurationException e) {
      findings.add(
          Finding.fault(
              PART,
              String.valueOf(e.getMessage()),
              STOPS,
              key.opener()
                  .map(file -> "restore " + file + " from its backup and run: chmod 600 " + file)
                  .orElse("run doctor from a terminal")));
    }
    return Optional.empty();
  }

  private static String cure(KeyUnavailableException.Reason reason, AuthorityKey key) {
    String file = key.place();
    return switch (reason) {
      case WRONG_PASSPHRASE ->
          "restore "
              + file
              + key.opener().map(it -> " and " + it).orElse("")
              + " from the same backup";
      case TOKEN_AWAY -> "see to the token and its library: docs/hsm.md";
      case WRONG_PIN -> "write the token's PIN into token.pin-file; try it with its maker's tool";
      case AMBIGUOUS, EXTRACTABLE -> "make another key in the token: docs/hsm.md";
      case UNREADABLE -> "chown it to the server's user, and chmod 600 it";
      case MISSING, DAMAGED, UNSUITABLE, KEY_DOES_NOT_MATCH_CERTIFICATE ->
          "restore " + file + " from its backup";
    };
  }

  private void web(List<Finding> findings) {
    InkanConfig.Tls tls = config.web().tls();
    if (!Files.exists(tls.keyFile())) {
      return; // told with the configuration
    }
    try (Passphrase passphrase = tls.passphraseFile().passphrase()) {
      X509Certificate shown = ServerKey.load(tls.keyFile(), passphrase).certificate();
      findings.add(Finding.ok(PART, tls.keyFile() + " opens, and a handshake works with it"));
      add(OwnCertificate.web(end(shown), tls.keyFile(), isOurs(shown)), findings);
    } catch (ServerKeyException e) {
      findings.add(
          Finding.fault(
              PART,
              String.valueOf(e.getMessage()),
              STOPS,
              "restore " + tls.keyFile() + " from its backup"));
    } catch (ConfigurationException e) {
      findings.add(
          Finding.fault(
              PART,
              String.valueOf(e.getMessage()),
              STOPS,
              "restore " + tls.passphraseFile().path() + " from its backup"));
    }
  }

  private boolean isOurs(X509Certificate shown) {
    if (issuingCa().isEmpty()) {
      return false;
    }
    try {
      shown.verify(parse(issuingCa().get().certificate()).getPublicKey());
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private void serverKey(List<Finding> findings) {
    SecretFile secret = config.secrets().serverKeyFile();
    try {
      Arrays.fill(secret.key(), (byte) 0);
      findings.add(Finding.ok(PART, secret.path() + " holds 32 octets"));
    } catch (ConfigurationException e) {
      findings.add(
          Finding.fault(
              PART,
              String.valueOf(e.getMessage()),
              STOPS + ": waiting mails cannot be opened, nor open codes compared",
              "restore it from its backup; if it is lost, write 32 new random octets in base64 into"
                  + " it: openssl rand -base64 32"));
    }
  }

  private void add(OwnCertificate certificate, List<Finding> findings) {
    findings.add(Expiry.of("certificates", certificate, instruments.clock().instant()));
  }

  private static Instant end(X509Certificate certificate) {
    return certificate.getNotAfter().toInstant().plusSeconds(1);
  }

  private static X509Certificate parse(Der der) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der.toByteArray()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the key file's certificates were read a moment ago", e);
    }
  }
}
