package dev.inkan.e2e;

import dev.inkan.admin.client.Api;
import dev.inkan.admin.client.ConnectionSettings;
import dev.inkan.admin.client.Password;
import dev.inkan.admin.client.Resource;
import dev.inkan.core.api.Certificate;
import dev.inkan.core.api.CertificateState;
import dev.inkan.core.api.IssuedCredential;
import dev.inkan.core.api.NewOperator;
import dev.inkan.core.api.Note;
import dev.inkan.core.api.Revoke;
import dev.inkan.core.api.Role;
import dev.inkan.core.certificate.RevocationReason;
import dev.inkan.core.certificate.SerialNumber;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An operator at the admin API of each server, through the client that {@code inkan-admin} has. */
final class Clerk {

  private final Path credential;
  private final String passphrase;
  private final Map<URI, Api> connections = new HashMap<>();

  private Clerk(Path credential, String passphrase) {
    this.credential = credential;
    this.passphrase = passphrase;
  }

  /** The administrator that {@code init} made adds the clerk. */
  static Clerk added(Path folder, URI server, String name) throws IOException {
    Path keys = folder.resolve("keys");
    Clerk administrator =
        new Clerk(
            keys.resolve("operator-admin.p12"),
            Files.readString(keys.resolve("operator-admin.passphrase")).strip());
    IssuedCredential made =
        administrator
            .at(server)
            .post(
                Resource.of("operators"),
                new NewOperator(name, "木村 花子", List.of(Role.CLERK)),
                IssuedCredential.class);
    Path file = folder.resolve(name + ".p12");
    Files.write(file, Base64.getDecoder().decode(made.pkcs12()));
    return new Clerk(file, made.passphrase());
  }

  /** Puts a certificate on hold. */
  void hold(URI server, SerialNumber serialNumber) {
    act(server, serialNumber, "hold", CertificateState.HELD);
  }

  /** Lets a certificate count again. */
  void release(URI server, SerialNumber serialNumber) {
    act(server, serialNumber, "release", CertificateState.VALID);
  }

  private void act(URI server, SerialNumber serialNumber, String act, CertificateState wanted) {
    Certificate now =
        at(server)
            .post(
                Resource.of("certificates", serialNumber.toString(), act),
                new Note(Optional.empty()),
                Certificate.class);
    if (now.state() != wanted) {
      throw new AssertionError(now);
    }
  }

  /** The same person at another desk: connections are for one thread. */
  Clerk elsewhere() {
    return new Clerk(credential, passphrase);
  }

  /** Returns when the server has answered that it is revoked. */
  void revoke(URI server, SerialNumber serialNumber) {
    Certificate revoked =
        at(server)
            .post(
                Resource.of("certificates", serialNumber.toString(), "revoke"),
                new Revoke(RevocationReason.KEY_COMPROMISE, Optional.empty(), Optional.empty()),
                Certificate.class);
    if (revoked.state() != CertificateState.REVOKED) {
      throw new AssertionError(revoked);
    }
  }

  private Api at(URI server) {
    return connections.computeIfAbsent(
        server,
        address ->
            Api.of(
                new ConnectionSettings(
                    address,
                    credential,
                    Optional.empty(),
                    Optional.empty(),
                    Duration.ofSeconds(30)),
                Password.takeOver(passphrase.toCharArray())));
  }
}
