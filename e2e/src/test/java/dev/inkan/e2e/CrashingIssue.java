package dev.inkan.e2e;

import dev.inkan.core.authority.CertificationAuthority;
import dev.inkan.core.authority.Host;
import dev.inkan.core.authority.IssuanceRules;
import dev.inkan.core.authority.IssuingCa;
import dev.inkan.core.authority.Ledger;
import dev.inkan.core.authority.SubscriberCertificates;
import dev.inkan.core.certificate.Fingerprint;
import dev.inkan.core.issue.AuthorityUris;
import dev.inkan.core.issue.PolicyIdentifiers;
import dev.inkan.core.key.Credential;
import dev.inkan.core.key.CryptoProviders;
import dev.inkan.core.key.KeyAlgorithm;
import dev.inkan.core.key.KeyPairFactory;
import dev.inkan.core.key.KeyPool;
import dev.inkan.core.key.PfxSettings;
import dev.inkan.core.key.SubscriberPfx;
import dev.inkan.core.policy.KeyPolicy;
import dev.inkan.core.store.Journal;
import dev.inkan.core.store.Transactions;
import dev.inkan.server.config.ConfigFile;
import dev.inkan.server.config.InkanConfig;
import dev.inkan.server.key.AuthorityKeys;
import dev.inkan.server.mail.Letterhead;
import dev.inkan.server.mail.MailSeal;
import dev.inkan.server.mail.SealedMailComposer;
import dev.inkan.server.registration.RegistrationStores;
import dev.inkan.server.registration.access.Sessions;
import dev.inkan.server.registration.certificate.CertificateIssue;
import dev.inkan.server.registration.secret.Chance;
import dev.inkan.server.registration.secret.SessionToken;
import dev.inkan.server.store.Database;
import dev.inkan.server.store.DatabaseSettings;
import dev.inkan.server.store.FileJournal;
import dev.inkan.server.store.JdbiTransactions;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A process that does ⑥ for a browser session over a real installation's data, with the server's
 * own parts, and is broken off on the way: {@code CONFIG MANNER POINT TOKEN}. The database can go
 * and come back for one session after the other: {@code POINT TOKEN} may repeat.
 */
final class CrashingIssue {

  private final InkanConfig config;
  private final Host host;
  private final CryptoProviders providers = CryptoProviders.bouncyCastle();

  private CrashingIssue(InkanConfig config) {
    this.config = config;
    this.host = new Host(Clock.systemUTC(), new SecureRandom(), config.node());
  }

  public static void main(String[] arguments) throws InterruptedException {
    var manner = CrashSwitch.Manner.valueOf(arguments[1]);
    var issue = new CrashingIssue(ConfigFile.load(Path.of(arguments[0])));
    Map<SessionToken, CrashSwitch> crashes = new LinkedHashMap<>();
    for (int i = 2; i < arguments.length; i += 2) {
      crashes.put(
          SessionToken.parse(arguments[i + 1]).orElseThrow(),
          new CrashSwitch(CrashPoint.valueOf(arguments[i]), manner));
    }
    issue.run(crashes);
  }

  private void run(Map<SessionToken, CrashSwitch> crashes) throws InterruptedException {
    Credential issuing = issuingKey();
    DatabaseSettings settings =
        new DatabaseSettings(config.database().url(), config.database().user(), "", 4);
    try (Database database = Database.openMigrated(settings);
        FileJournal journal =
            FileJournal.open(
                config.journal().file(), host.node(), Fingerprint.of(issuing.certificate()));
        KeyPool keys =
            new KeyPool(
                KeyAlgorithm.P_256, 0, new KeyPairFactory(providers, host.random()), e -> {})) {
      for (var one : crashes.entrySet()) {
        CrashSwitch crash = one.getValue();
        ExecutorService workers = Executors.newSingleThreadExecutor();
        issue(crash.over(transactions(database)), crash.over(journal), issuing, keys, workers)
            .begin(one.getKey());
        workers.shutdown();
        if (!workers.awaitTermination(30, TimeUnit.SECONDS)) {
          throw new IllegalStateException("the issue did not end");
        }
      }
    }
  }

  private Credential issuingKey() {
    return new AuthorityKeys(config, providers, host.random()).issuing().open();
  }

  private Transactions<RegistrationStores> transactions(Database database) {
    MailSeal seal = new MailSeal(config.secrets().serverKeyFile().key());
    Letterhead letterhead = Letterhead.of(config.bank());
    return new JdbiTransactions(
        database,
        new SealedMailComposer(letterhead, seal, host.random(), host.clock()),
        host.clock());
  }

  private CertificateIssue issue(
      Transactions<RegistrationStores> transactions,
      Journal journal,
      Credential issuing,
      KeyPool keys,
      ExecutorService workers) {
    IssuingCa ca =
        new IssuingCa(
            dev.inkan.core.certificate.CaName.ISSUING,
            issuing,
            AuthorityUris.below(config.status().baseUrl(), "issuing"),
            PolicyIdentifiers.below(config.authority().policyOid()),
            KeyPolicy.BANK,
            providers,
            host.random());
    var pfx =
        new SubscriberPfx(
            new PfxSettings(PfxSettings.Profile.MODERN, 10_000, false), host.random());
    var authority =
        new CertificationAuthority<>(
            new Ledger<>(transactions, journal),
            host,
            new SubscriberCertificates(ca, keys, pfx),
            IssuanceRules.bank(config.bank().zone()));
    return new CertificateIssue(
        transactions,
        authority,
        new Sessions(config.session().idle(), host.clock(), host.random()),
        workers,
        new CertificateIssue.Terms(host.node(), config.bank().zone(), Duration.ofMinutes(15)),
        new Chance(host.clock(), host.random()));
  }
}
