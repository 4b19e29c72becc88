package dev.inkan.e2e;

import dev.inkan.core.authority.CertificationAuthority;
import dev.inkan.core.authority.Host;
import dev.inkan.core.authority.IssuanceRules;
import dev.inkan.core.authority.IssueOutcome;
import dev.inkan.core.authority.IssuingCa;
import dev.inkan.core.authority.Ledger;
import dev.inkan.core.authority.SubscriberCertificates;
import dev.inkan.core.authority.SubscriberRequest;
import dev.inkan.core.certificate.CaName;
import dev.inkan.core.certificate.Fingerprint;
import dev.inkan.core.certificate.NodeName;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.certificate.SubscriberId;
import dev.inkan.core.issue.AuthorityUris;
import dev.inkan.core.issue.PolicyIdentifiers;
import dev.inkan.core.key.Credential;
import dev.inkan.core.key.CryptoProviders;
import dev.inkan.core.key.KeyAlgorithm;
import dev.inkan.core.key.KeyPairFactory;
import dev.inkan.core.key.KeyPool;
import dev.inkan.core.key.Passphrase;
import dev.inkan.core.key.PfxSettings;
import dev.inkan.core.key.SubscriberPfx;
import dev.inkan.core.policy.KeyPolicy;
import dev.inkan.core.policy.LockoutPolicy.Attempts;
import dev.inkan.core.store.Transactions;
import dev.inkan.server.config.InkanConfig;
import dev.inkan.server.key.AuthorityKeys;
import dev.inkan.server.registration.RegistrationStores;
import dev.inkan.server.registration.secret.PasswordHash;
import dev.inkan.server.registration.user.Language;
import dev.inkan.server.registration.user.MailAddress;
import dev.inkan.server.registration.user.Organisation;
import dev.inkan.server.registration.user.User;
import dev.inkan.server.registration.user.UserId;
import dev.inkan.server.registration.user.UserPassword;
import dev.inkan.server.registration.user.UserRole;
import dev.inkan.server.store.FileJournal;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Certificates that the installation's own CA issues to users of its own, as another server of it
 * that ended since: recorded in the ledger and in a journal, in milliseconds each, because nobody
 * logs in.
 */
final class IssuedStock {

  private static final NodeName NODE = new NodeName("stock");
  private static final Organisation OWNER = new Organisation("900", "みほん在庫組合");
  private static final PasswordHash NOBODYS =
      new PasswordHash("$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA");

  private final InkanConfig config;
  private final CryptoProviders providers;
  private final Host host;

  private IssuedStock(InkanConfig config) {
    SecureRandom random = new SecureRandom();
    this.config = config;
    this.providers = CryptoProviders.fastest(random);
    this.host = new Host(Clock.systemUTC(), random, NODE);
  }

  /** Issues {@code count} certificates to as many users. */
  static List<SerialNumber> issue(
      InkanConfig config, Transactions<RegistrationStores> transactions, Path journal, int count) {
    return new IssuedStock(config).issue(transactions, journal, count);
  }

  private List<SerialNumber> issue(
      Transactions<RegistrationStores> transactions, Path file, int count) {
    List<User> users = IntStream.range(0, count).mapToObj(IssuedStock::user).toList();
    boolean added = transactions.inTransaction(stores -> add(stores, users));
    if (!added) {
      throw new AssertionError("there is stock already");
    }
    Credential issuing = issuingKey();
    try (FileJournal journal = FileJournal.open(file, NODE, Fingerprint.of(issuing.certificate()));
        KeyPool keys =
            new KeyPool(
                KeyAlgorithm.P_256, 0, new KeyPairFactory(providers, host.random()), e -> {})) {
      var authority =
          new CertificationAuthority<>(
              new Ledger<>(transactions, journal),
              host,
              certificates(issuing, keys),
              IssuanceRules.bank(config.bank().zone()));
      return users.stream().map(user -> issue(authority, user)).toList();
    }
  }

  private static SerialNumber issue(
      CertificationAuthority<RegistrationStores> authority, User user) {
    try (Passphrase passphrase = Passphrase.copyOf("unread".toCharArray())) {
      return authority
          .issue(
              new SubscriberRequest(user.id(), OWNER.name(), user.userId().value()),
              passphrase,
              (stores, issued) -> {})
          .fold(
              (IssueOutcome.Issued issued) -> issued.entry().serialNumber(),
              refused -> {
                throw new AssertionError(refused);
              });
    }
  }

  private static boolean add(RegistrationStores stores, List<User> users) {
    boolean added = stores.organisations().add(OWNER);
    users.forEach(stores.users()::add);
    return added;
  }

  private static User user(int number) {
    String id = "stock%04d".formatted(number);
    return new User(
        new SubscriberId(id),
        new UserId(id),
        UserRole.GENERAL,
        OWNER,
        "見本 在庫",
        new MailAddress(id + "@union.example"),
        Language.JAPANESE,
        UserPassword.own(NOBODYS),
        Attempts.NONE);
  }

  private Credential issuingKey() {
    return new AuthorityKeys(config, providers, host.random()).issuing().open();
  }

  private SubscriberCertificates certificates(Credential issuing, KeyPool keys) {
    IssuingCa ca =
        new IssuingCa(
            CaName.ISSUING,
            issuing,
            AuthorityUris.below(config.status().baseUrl(), "issuing"),
            PolicyIdentifiers.below(config.authority().policyOid()),
            KeyPolicy.BANK,
            providers,
            host.random());
    PfxSettings light = new PfxSettings(PfxSettings.Profile.MODERN, 10_000, false);
    return new SubscriberCertificates(ca, keys, new SubscriberPfx(light, host.random()));
  }
}
