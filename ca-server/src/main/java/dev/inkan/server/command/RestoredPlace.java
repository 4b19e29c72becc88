package dev.inkan.server.command;

import dev.inkan.core.authority.Host;
import dev.inkan.core.certificate.CaName;
import dev.inkan.core.certificate.Der;
import dev.inkan.core.key.CryptoProviders;
import dev.inkan.core.policy.ClockPolicy;
import dev.inkan.server.authority.Generation;
import dev.inkan.server.authority.Generations;
import dev.inkan.server.backup.Restore;
import dev.inkan.server.config.ConfigFile;
import dev.inkan.server.config.InkanConfig;
import dev.inkan.server.installation.InstallationFiles;
import dev.inkan.server.installation.IssuerKeyPlaces;
import dev.inkan.server.installation.IssuingCas;
import dev.inkan.server.installation.Storage;
import dev.inkan.server.store.Database;
import dev.inkan.server.store.DatabaseSettings;
import dev.inkan.server.store.FileJournal;
import dev.inkan.server.store.IssuingCaRegister;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;

/** Where a backup is restored to, as its configuration file says. */
final class RestoredPlace implements Restore.Target {

  private final Path configuration;
  private final Map<String, String> environment;
  private final Clock clock;
  private final SecureRandom random;

  RestoredPlace(
      Path configuration, Map<String, String> environment, Clock clock, SecureRandom random) {
    this.configuration = configuration;
    this.environment = environment;
    this.clock = clock;
    this.random = random;
  }

  @Override
  public Path configuration() {
    return configuration;
  }

  @Override
  public Restore.Plan plan() {
    InkanConfig planned = ConfigFile.loadForRestore(configuration, environment);
    return new Restore.Plan(planned.node(), InstallationFiles.of(configuration, planned));
  }

  private InkanConfig config() {
    return ConfigFile.load(configuration, environment);
  }

  @Override
  public DatabaseSettings database() {
    return Storage.settings(config());
  }

  @Override
  public Map<CaName, Der> issuers(Database rows) {
    IssuerKeyPlaces keys = new IssuerKeyPlaces(config(), CryptoProviders.fastest(random), random);
    Map<CaName, Der> issuers = new LinkedHashMap<>();
    Generations all = new IssuingCaRegister(rows).all();
    for (Generation ca : all.signing(clock.instant())) {
      issuers.put(ca.name(), keys.open(ca).certificate());
    }
    for (Generation ca : all.all()) {
      ca.certificate().ifPresent(it -> issuers.put(ca.name(), it));
    }
    return issuers;
  }

  @Override
  public void inLedger(Database rows, Restore.Work work) {
    InkanConfig config = config();
    Host host = new Host(clock, random, config.node());
    Storage storage = Storage.over(rows, config, clock, random);
    try (FileJournal journal = new IssuingCas(config, host, ClockPolicy.BANK, storage).journal()) {
      work.in(storage.transactions(), journal);
    }
  }
}
