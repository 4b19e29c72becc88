package dev.inkan.server.doctor;

import dev.inkan.core.certificate.Der;
import dev.inkan.core.key.Passphrase;
import dev.inkan.server.config.ConfigurationException;
import dev.inkan.server.config.InkanConfig;
import dev.inkan.server.config.Role;
import dev.inkan.server.config.Roles;
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

/**
 * The installation's own keys beside those of the issuing CAs: there, for the server's eyes alone,
 * opened, in time; and the root's certificate.
 */
final class KeyExamination implements Examination {

  private static final String PART = OpenedKey.PART;

  private final InkanConfig config;
  private final AuthorityKeys keys;
  private final IssuingKeyExamination issuing;
  private final Instant now;

  /**
   * @param issuing has been made before this one
   */
  KeyExamination(
      InkanConfig config, AuthorityKeys keys, IssuingKeyExamination issuing, Instant now) {
    this.config = config;
    this.keys = keys;
    this.issuing = issuing;
    this.now = now;
  }

  @Override
  public List<Finding> examine() {
    List<Finding> findings = new ArrayList<>();
    root(findings);
    Roles roles = config.roles();
    if (roles.hasAny(Role.JOBS, Role.ADMIN)) {
      audit(findings);
    }
    if (roles.hasAny(Role.WEB, Role.ADMIN)) {
      web(findings);
    }
    serverKey(findings);
    return findings;
  }

  private void root(List<Finding> findings) {
    Path file = config.authority().rootCertificateFile();
    Optional<Der> top = issuing.top();
    if (!Files.exists(file) || top.isEmpty()) {
      return; // told with the configuration, or not to be compared with anything
    }
    try {
      X509Certificate root =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(file)));
      if (Arrays.equals(root.getEncoded(), top.get().toByteArray())) {
        add(OwnCertificate.root(OpenedKey.end(root)), findings);
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

  private void audit(List<Finding> findings) {
    AuthorityKey key = keys.audit();
    if (OpenedKey.isMissing(key)) {
      findings.add(
          Finding.warning(
              PART,
              key.place() + " does not exist",
              "the next start makes another audit key",
              "restore it from the backup, or start the server"));
      return;
    }
    OpenedKey.of(key, findings)
        .ifPresent(
            credential -> {
              // Made under the CA that issued then, which another may have followed since.
              List<Der> ours = issuing.certificates();
              if (!ours.isEmpty() && ours.stream().noneMatch(credential.chain()::contains)) {
                findings.add(IssuingKeyExamination.ofAnotherCa(key));
                return;
              }
              Instant end = OpenedKey.end(OpenedKey.parse(credential.certificate()));
              add(OwnCertificate.audit(end, key.place()), findings);
            });
  }

  private void web(List<Finding> findings) {
    InkanConfig.Tls tls = config.web().tls();
    if (!Files.exists(tls.keyFile())) {
      return; // told with the configuration
    }
    try (Passphrase passphrase = tls.passphraseFile().passphrase()) {
      X509Certificate shown = ServerKey.load(tls.keyFile(), passphrase).certificate();
      findings.add(Finding.ok(PART, tls.keyFile() + " opens, and a handshake works with it"));
      add(OwnCertificate.web(OpenedKey.end(shown), tls.keyFile(), isOurs(shown)), findings);
    } catch (ServerKeyException e) {
      findings.add(
          Finding.fault(
              PART,
              String.valueOf(e.getMessage()),
              OpenedKey.STOPS,
              "restore " + tls.keyFile() + " from its backup"));
    } catch (ConfigurationException e) {
      findings.add(
          Finding.fault(
              PART,
              String.valueOf(e.getMessage()),
              OpenedKey.STOPS,
              "restore " + tls.passphraseFile().path() + " from its backup"));
    }
  }

  private boolean isOurs(X509Certificate shown) {
    return issuing.certificates().stream().anyMatch(ca -> isSignedBy(shown, ca));
  }

  private static boolean isSignedBy(X509Certificate shown, Der ca) {
    try {
      shown.verify(OpenedKey.parse(ca).getPublicKey());
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
              OpenedKey.STOPS + ": waiting mails cannot be opened, nor open codes compared",
              "restore it from its backup; if it is lost, write 32 new random octets in base64 into"
                  + " it: openssl rand -base64 32"));
    }
  }

  private void add(OwnCertificate certificate, List<Finding> findings) {
    findings.add(Expiry.of("certificates", certificate, now));
  }
}
