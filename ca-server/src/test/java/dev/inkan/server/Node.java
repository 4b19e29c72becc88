package dev.inkan.server;

import dev.inkan.core.authority.CertificationAuthority;
import dev.inkan.core.authority.Host;
import dev.inkan.core.certificate.NodeName;
import dev.inkan.core.key.KeyPool;
import dev.inkan.server.assembly.WebService;
import dev.inkan.server.config.InkanConfig;
import dev.inkan.server.http.admin.AdminApplication;
import dev.inkan.server.http.web.WebApplication;
import dev.inkan.server.installation.Authorities;
import dev.inkan.server.installation.Storage;
import dev.inkan.server.registration.RegistrationStores;
import dev.inkan.server.service.AdminDesks;
import dev.inkan.server.service.Registration;
import dev.inkan.server.store.FileJournal;
import dev.inkan.server.tls.ClientCertificateReader;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The inside of one more server over the same database: its own connections, name, journal and
 * keys, and no listener.
 */
final class Node implements AutoCloseable {

  private final InkanConfig config;
  private final Host host;
  private final Authorities authorities;
  private final Storage storage;
  private final FileJournal journal;
  private final KeyPool keys;
  private final ExecutorService workers = Executors.newFixedThreadPool(2);
  private final CertificationAuthority<RegistrationStores> authority;

  Node(InkanConfig config, Clock clock, String name) {
    this.config = config;
    this.host = new Host(clock, new SecureRandom(), new NodeName(name));
    this.storage = Storage.open(config, clock, host.random());
    this.authorities = Authorities.open(config, host, storage);
    Path file = config.journal().file().resolveSibling(name + ".log");
    this.journal = FileJournal.open(file, host.node(), authorities.issuer());
    this.keys = authorities.keyPool();
    this.authority = authorities.certificationAuthority(storage.transactions(), journal, keys);
  }

  CertificationAuthority<RegistrationStores> authority() {
    return authority;
  }

  Storage storage() {
    return storage;
  }

  FileJournal journal() {
    return journal;
  }

  WebApplication.Desks desks() {
    return new Registration(config, host, storage.transactions())
        .desks(
            authority,
            authorities.policy(),
            storage.secret(),
            authorities.revocationAuthority(storage.transactions(), journal),
            workers);
  }

  AdminApplication adminApplication() {
    AdminDesks desks = new AdminDesks(config, host, storage.operation(), authorities, journal);
    AdminDesks.Offices none =
        new AdminDesks.Offices(Optional.empty(), Optional.empty(), Optional.empty());
    return new AdminApplication(desks.desks(none), desks.setting(), host.clock(), host.random());
  }

  WebApplication application() {
    ClientCertificateReader certificates =
        new ClientCertificateReader(
            authorities.issuers(),
            fingerprint ->
                storage
                    .transactions()
                    .inTransaction(stores -> stores.certificates().find(fingerprint)),
            host.clock());
    WebApplication.Manner manner =
        new WebApplication.Manner(
            config.web().publicUrl(),
            config.web().strictTransportSecurity(),
            WebService.site(config.bank()),
            authorities.policy());
    return new WebApplication(desks(), certificates, manner, host.clock(), host.random());
  }

  @Override
  public void close() {
    workers.shutdown();
    keys.close();
    journal.close();
    storage.close();
  }
}
