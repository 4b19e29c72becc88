package dev.inkan.server.doctor;

import dev.inkan.core.certificate.Fingerprint;
import dev.inkan.core.key.Credential;
import dev.inkan.core.key.CryptoProviders;
import dev.inkan.core.key.KeyUnavailableException;
import dev.inkan.core.store.StoreUnavailableException;
import dev.inkan.server.authority.ResponderCheck;
import dev.inkan.server.authority.StatusResponder;
import dev.inkan.server.config.ConfigurationException;
import dev.inkan.server.config.InkanConfig;
import dev.inkan.server.config.SecretFile;
import dev.inkan.server.health.OwnCertificate;
import dev.inkan.server.key.AuthorityKey;
import dev.inkan.server.key.AuthorityKeys;
import dev.inkan.server.store.Database;
import dev.inkan.server.store.DatabaseSettings;
import dev.inkan.server.store.SchemaVersionException;
import dev.inkan.server.store.StatusResponderRegister;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a server has of its own that only tells status: a key, and certificates in the ledger. */
final class StatusNodeExamination implements Examination {

  private static final String PART = "keys";
  private static final int CONNECTIONS = 2;

  private final InkanConfig config;
  private final Instruments instruments;

  StatusNodeExamination(InkanConfig config, Instruments instruments) {
    this.config = config;
    this.instruments = instruments;
  }

  @Override
  public List<Finding> examine() {
    AuthorityKey place =
        new AuthorityKeys(
                config, CryptoProviders.fastest(instruments.random()), instruments.random())
            .responder();
    List<Finding> findings = new ArrayList<>();
    key(place, findings)
        .map(key -> StatusResponder.hashOf(ResponderCheck.keyOf(key.certificate())))
        .ifPresent(hash -> certificates(hash, findings));
    return findings;
  }

  private static Optional<Credential> key(AuthorityKey place, List<Finding> findings) {
    try {
      if (!place.isMissing()) {
        Credential key = place.open();
        findings.add(Finding.ok(PART, place.place() + " opens, and its key is its certificate's"));
        return Optional.of(key);
      }
      findings.add(
          Finding.fault(
              PART,
              place.place() + " does not exist",
              "the server does not start",
              "make it with 'inkan-server responder-request', and have the request signed"));
    } catch (KeyUnavailableException | ConfigurationException e) {
      findings.add(
          Finding.fault(
              PART,
              String.valueOf(e.getMessage()),
              "the server does not start",
              "move it away, make another with 'inkan-server responder-request', and have the request"
                  + " signed after 'responder-sign --remove' of this server"));
    }
    return Optional.empty();
  }

  private void certificates(Fingerprint hash, List<Finding> findings) {
    try (Database database = Database.openToRead(settings())) {
      List<StatusResponder> known = new StatusResponderRegister(database).of(hash);
      if (known.isEmpty()) {
        findings.add(
            Finding.fault(
                PART,
                "the ledger has no certificate for this server's key, SHA-256 " + hash,
                "gateways are answered 'try later'",
                "take its request to a server that has the issuing CA's key: 'inkan-server"
                    + " responder-sign'"));
      }
      known.stream()
          .flatMap(it -> ResponderCheck.validity(it.certificate()).stream())
          .map(it -> OwnCertificate.statusNode(it.end()))
          .forEach(
              it -> findings.add(Expiry.of("certificates", it, instruments.clock().instant())));
    } catch (StoreUnavailableException | SchemaVersionException | ConfigurationException e) {
      findings.add(
          Finding.warning(
              PART,
              "which certificates there are for it was not looked at",
              "the database tells it",
              "mend the database first"));
    }
  }

  private DatabaseSettings settings() {
    return new DatabaseSettings(
        config.database().url(),
        config.database().user(),
        config.database().passwordFile().map(SecretFile::reveal).orElse(""),
        CONNECTIONS);
  }
}
