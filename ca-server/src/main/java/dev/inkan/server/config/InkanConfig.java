package dev.inkan.server.config;

import dev.inkan.core.certificate.NodeName;
import dev.inkan.server.config.Allowed.Between;
import dev.inkan.server.config.Allowed.ExistingFile;
import dev.inkan.server.config.Allowed.Form;
import dev.inkan.server.config.Allowed.Lasting;
import dev.inkan.server.tls.ProxyAddresses;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Everything the server is told from outside. Immutable; made by {@link ConfigFile} alone, which
 * refuses what cannot work. Every key is explained in {@code config/inkan.yaml}.
 */
@ConfigMapping(prefix = ConfigFile.PREFIX)
public interface InkanConfig {

  @WithDefault("node-1")
  NodeName node();

  /** What this server does; {@code serve --roles} overrides it. */
  @WithDefault("web,status,admin,jobs")
  Roles roles();

  BankConfig bank();

  Web web();

  Status status();

  Admin admin();

  ManagementConfig management();

  Operation operation();

  Database database();

  JournalFile journal();

  Authority authority();

  TokenConfig token();

  AuditConfig audit();

  CrlConfig crl();

  Certificate certificate();

  Pfx pfx();

  Password password();

  Lockout lockout();

  SourceBudget sourceBudget();

  Code code();

  Registration registration();

  Session session();

  Download download();

  Notices notices();

  MailConfig mail();

  BackupConfig backup();

  LogConfig log();

  Secrets secrets();

  /** The listener for browsers. */
  interface Web {
    @WithDefault("127.0.0.1")
    @Form(pattern = ConfigFile.HOST, says = "a host name or an IP address")
    String host();

    @WithDefault("8443")
    @Between(min = 0, max = 65_535)
    int port();

    /** Whether login gateways stand between it and the browsers, and how they speak to it. */
    @WithDefault("none")
    BehindGateway behindGateway();

    /** The gateways' addresses: nobody else is answered behind one. */
    Optional<ProxyAddresses> proxies();

    /** What browsers call it; the host is the only {@code Host} that is answered. */
    URI publicUrl();

    Tls tls();

    @WithDefault("1000")
    @Between(min = 10, max = 100_000)
    int maxConnections();

    /** How long browsers are told to come by HTTPS alone (RFC 6797); 0 tells them nothing. */
    @WithDefault("8760h")
    @Lasting(min = "PT0S", max = "P730D")
    Duration strictTransportSecurity();
  }

  /** What stands between the web listener and the browsers. */
  enum BehindGateway {
    /** Nothing: it speaks TLS with the browsers, and asks them for certificates. */
    NONE,
    /** Gateways that speak plain HTTP, as on the same machine. */
    HTTP,
    /** Gateways that speak TLS. */
    HTTPS
  }

  /** The key with which the web listener shows who it is. */
  interface Tls {
    @WithDefault("keys/tls.p12")
    @ExistingFile(ownerOnly = true, madeByInit = true)
    Path keyFile();

    @WithDefault("keys/tls.passphrase")
    @ExistingFile(ownerOnly = true, madeByInit = true)
    SecretFile passphraseFile();
  }

  /** The listener for login gateways, and what it answers with. */
  interface Status {
    @WithDefault("127.0.0.1")
    @Form(pattern = ConfigFile.HOST, says = "a host name or an IP address")
    String host();

    @WithDefault("8080")
    @Between(min = 0, max = 65_535)
    int port();

    /** Where relying parties ask for status: the base of AIA and CDP addresses. */
    URI baseUrl();

    @WithDefault("1000")
    @Between(min = 10, max = 100_000)
    int maxConnections();

    /** How long an OCSP answer may be relied on (E1). */
    @WithDefault("60s")
    @Lasting(min = "PT2S", max = "P1D")
    Duration nextUpdate();

    /** Made where it is missing, and replaced at half the life of its certificate. */
    @WithDefault("keys/responder.p12")
    KeyPlace responderKeyFile();

    /** Made with the first key. */
    @WithDefault("keys/responder.passphrase")
    SecretFile responderPassphraseFile();
  }

  /** The listener for operators. */
  interface Admin {
    @WithDefault("127.0.0.1")
    @Form(pattern = ConfigFile.HOST, says = "a host name or an IP address")
    String host();

    @WithDefault("9443")
    @Between(min = 0, max = 65_535)
    int port();
  }

  /** What the bank's staff may do alone. */
  interface Operation {
    @WithDefault("bulk")
    SecondOperator secondOperator();

    /** Days an operator's certificate is valid. */
    @WithDefault("366")
    @Between(min = 1, max = 825)
    int credentialDays();
  }

  /** Which revocations another operator must approve (D5). */
  enum SecondOperator {
    NEVER,
    BULK,
    ALWAYS
  }

  /** The ledger's database. */
  interface Database {
    @WithDefault("jdbc:h2:file:./data/inkan")
    @Form(
        pattern = "jdbc:(?:h2:file:|postgresql:)[\\x21-\\x7e]+",
        says = "jdbc:h2:file:PATH or jdbc:postgresql://HOST:PORT/NAME")
    String url();

    @WithDefault("inkan")
    @Form(pattern = "[A-Za-z0-9_.-]{1,63}", says = "1-63 of A-Z a-z 0-9 _ . -")
    String user();

    @ExistingFile(ownerOnly = true, forStatusAlone = true)
    Optional<SecretFile> passwordFile();

    /** Two workers issue, and somebody must be able to ask meanwhile. */
    @WithDefault("10")
    @Between(min = 3, max = 200)
    int poolSize();

    /** How long each of PostgreSQL's hosts is waited for. */
    @WithDefault("2s")
    @Lasting(min = "PT1S", max = "PT30S")
    Duration connectTimeout();

    /** How long an answer is waited for, a commit's that waits for its standby included. */
    @WithDefault("30s")
    @Lasting(min = "PT12S", max = "PT10M")
    Duration answerTimeout();
  }

  /** The journal beside the database. */
  interface JournalFile {
    @WithDefault("data/journal.log")
    Path file();
  }

  /** The issuing CA. */
  interface Authority {
    @WithDefault("keys/issuing.p12")
    @ExistingFile(ownerOnly = true, madeByInit = true)
    KeyPlace issuingKeyFile();

    @WithDefault("keys/issuing.passphrase")
    @ExistingFile(ownerOnly = true, madeByInit = true, opens = "authority.issuing-key-file")
    PassphraseSource issuingPassphraseFile();

    /** The root's key: needed by {@code init} and {@code root-crl} alone. */
    @WithDefault("keys/root.p12")
    KeyPlace rootKeyFile();

    @WithDefault("keys/root.passphrase")
    PassphraseSource rootPassphraseFile();

    @WithDefault("keys/root.cer")
    @ExistingFile(madeByInit = true, forStatusAlone = true)
    Path rootCertificateFile();

    @WithDefault("1.3.6.1.4.1.32473.1.1")
    @Form(
        pattern = "(?:[01]\\.[1-3]?[0-9]|2\\.(?:0|[1-9][0-9]{0,8}))(?:\\.(?:0|[1-9][0-9]{0,8}))+",
        says = "an object identifier in dots, such as 1.3.6.1.4.1.32473.1.1")
    String policyOid();

    @WithDefault("rsa-3072")
    SubscriberKey subscriberKey();

    @WithDefault("8")
    @Between(min = 0, max = 1000)
    int keyPoolSize();
  }

  /** How a subscriber's key is made. */
  enum SubscriberKey {
    RSA_3072,
    RSA_2048,
    P_256,
    P_384
  }

  /** The bank's numbers for a certificate (A1, A3). */
  interface Certificate {
    @WithDefault("366")
    @Between(min = 1, max = 825)
    int validityDays();

    @WithDefault("30")
    @Between(min = 0, max = 365)
    int renewalWindowDays();

    /** Whether a valid certificate and the password renew, without a mailed code. */
    @WithDefault("true")
    boolean renewWithCertificate();

    /** Whether the older certificate is revoked once the newer one has logged in (A7). */
    @WithDefault("false")
    boolean supersedeOnFirstUse();
  }

  /** How the PKCS#12 is made. */
  interface Pfx {
    @WithDefault("100000")
    @Between(min = 10_000, max = 600_000)
    int iterations();

    @WithDefault("modern")
    PfxProfile profile();

    @WithDefault("false")
    boolean includeRoot();
  }

  /** Algorithms of the PKCS#12: today's, or those an old Windows reads. */
  enum PfxProfile {
    MODERN,
    COMPAT
  }

  /** How log-in passwords are hashed, and how many at once. */
  interface Password {
    Argon2 argon2();

    @WithDefault("2")
    @Between(min = 1, max = 64)
    int hashingThreads();

    @WithDefault("64")
    @Between(min = 1, max = 10_000)
    int hashingQueue();
  }

  /** Argon2id's cost (RFC 9106). */
  interface Argon2 {
    @WithDefault("19456")
    @Between(min = 19_456, max = 1_048_576)
    int memoryKib();

    @WithDefault("2")
    @Between(min = 1, max = 20)
    int iterations();

    @WithDefault("1")
    @Between(min = 1, max = 16)
    int parallelism();
  }

  /** Wrong passwords until a lock, how long it lasts, locks until the block (B7, B8). */
  interface Lockout {
    @WithDefault("6")
    @Between(min = 1, max = 100)
    int failures();

    @WithDefault("60m")
    @Lasting(min = "PT1M", max = "PT24H")
    Duration duration();

    @WithDefault("3")
    @Between(min = 1, max = 100)
    int locks();
  }

  /** Log-in attempts admitted from one address, before any counts against a user. */
  interface SourceBudget {
    @WithDefault("15")
    @Between(min = 1, max = 100_000)
    int attempts();

    @WithDefault("10m")
    @Lasting(min = "PT1S", max = "PT24H")
    Duration per();
  }

  /** 認証コード (B12). */
  interface Code {
    @WithDefault("30m")
    @Lasting(min = "PT1M", max = "PT24H")
    Duration lifetime();

    @WithDefault("5")
    @Between(min = 1, max = 10)
    int tries();

    @WithDefault("60s")
    @Lasting(min = "PT1S", max = "PT1H")
    Duration resendAfter();

    @WithDefault("5")
    @Between(min = 1, max = 100)
    int perDay();
  }

  /** How users come to be. */
  interface Registration {
    /** How long a password that somebody else set opens anything (C2, C4). */
    @WithDefault("30d")
    @Lasting(min = "PT1H", max = "P365D")
    Duration initialPasswordLifetime();
  }

  /** The browser's session. */
  interface Session {
    @WithDefault("15m")
    @Lasting(min = "PT1M", max = "PT8H")
    Duration idle();
  }

  /** The file after issue (B17). */
  interface Download {
    @WithDefault("15m")
    @Lasting(min = "PT1M", max = "PT1H")
    Duration retention();
  }

  /** Mails that a certificate ends (A4). */
  interface Notices {
    /** Days before the last. */
    @WithDefault("30")
    DaysBefore daysBefore();
  }

  /** Keys of the server's own. */
  interface Secrets {
    /** 32 random octets in base64. */
    @WithDefault("keys/server.key")
    @ExistingFile(ownerOnly = true, madeByInit = true)
    SecretFile serverKeyFile();
  }
}
