package dev.inkan.server.config;

import dev.inkan.core.policy.CrlPolicy;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Values that are each allowed and cannot work together, or beyond their form. */
final class Contradictions {

  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1", "[::1]");

  private static final Pattern SEVERAL_HOSTS = Pattern.compile("jdbc:postgresql://[^/?]*,");
  private static final Pattern SERVER_TYPE = Pattern.compile("[?&]targetServerType=([A-Za-z]+)");

  private final InkanConfig config;
  private final Report report;

  /** Takes what is wrong with a key. */
  @FunctionalInterface
  interface Report {
    void add(String key, String wrong, String allowed, String mend);
  }

  private Contradictions(InkanConfig config, Report report) {
    this.config = config;
    this.report = report;
  }

  static void find(InkanConfig config, Report report) {
    Contradictions contradictions = new Contradictions(config, report);
    contradictions.urls();
    contradictions.gateways();
    contradictions.database();
    contradictions.roles();
    contradictions.times();
    contradictions.mail();
    contradictions.token();
    contradictions.backup();
    new SharedPlaces(config, report).find();
  }

  private void backup() {
    BackupConfig backup = config.backup();
    if (backup.folder().isPresent() && backup.passphraseFile().isEmpty()) {
      report.add(
          "backup.passphrase-file",
          "is missing, and backup.folder is set",
          "a file readable by its owner alone",
          "add it: a backup holds the keys, and is never written without a passphrase");
    }
  }

  private void token() {
    Map<String, KeyPlace> places = new TreeMap<>();
    if (!config.roles().isStatusAlone()) {
      places.put("audit.key-file", config.audit().keyFile());
      places.put("authority.issuing-key-file", config.authority().issuingKeyFile());
      places.put("authority.root-key-file", config.authority().rootKeyFile());
    }
    places.put("status.responder-key-file", config.status().responderKeyFile());
    Map<String, String> names = new HashMap<>();
    places.forEach(
        (key, place) -> {
          if (place instanceof KeyPlace.InToken in) {
            tokenObject(key, in, names);
          }
        });
    if (!names.isEmpty()) {
      TokenConfig token = config.token();
      present("token.library", token.library(), "the PKCS#11 library of the token's maker");
      present("token.pin-file", token.pinFile(), "a file with the user's PIN");
    }
  }

  private void tokenObject(String key, KeyPlace.InToken in, Map<String, String> names) {
    String other = names.put(in.object(), key);
    if (other != null) {
      report.add(key, in + " is the key of " + other, "a name of its own", "name another");
    }
    if (in.token().isPresent() && !in.token().get().equals(config.token().label())) {
      report.add(
          key,
          "the token " + in.token().get() + " is not the one in token.label",
          "the same, or pkcs11:object=LABEL alone",
          "leave token= out");
    }
  }

  private void present(String key, Optional<?> value, String allowed) {
    if (value.isEmpty()) {
      report.add(key, "is missing, and a key lives in a token", allowed, "add it");
    }
  }

  private void urls() {
    URI web = config.web().publicUrl();
    if (!"https".equals(web.getScheme()) || !isBare(web)) {
      report.add(
          "web.public-url",
          "\"" + web + "\" is not https with a host alone",
          "https://HOST or https://HOST:PORT",
          "write what browsers type, without a path");
    }
    URI status = config.status().baseUrl();
    // RFC 5280, section 8: an https URI here could make the certificate unverifiable.
    if (!"http".equals(status.getScheme()) || status.toString().endsWith("/")) {
      report.add(
          "status.base-url",
          "\"" + status + "\" is not plain http without a slash at its end",
          "http://HOST, http://HOST:PORT or either with a path",
          "use http: what is fetched there is signed");
    }
  }

  private static boolean isBare(URI uri) {
    return uri.getRawPath().isEmpty() && uri.getRawFragment() == null;
  }

  private void gateways() {
    InkanConfig.Web web = config.web();
    boolean behind = web.behindGateway() != InkanConfig.BehindGateway.NONE;
    if (behind && web.proxies().isEmpty()) {
      report.add(
          "web.proxies",
          "is missing, so that nobody would be answered behind a gateway",
          "the gateways' addresses",
          "add them");
    }
    if (!behind && web.proxies().isPresent()) {
      report.add(
          "web.proxies",
          "has no use where web.behind-gateway is none",
          "http or https beside it",
          "remove it, or set web.behind-gateway");
    }
  }

  private void database() {
    if (config.database().url().matches("jdbc:h2:.*;.*")) {
      report.add(
          "database.url",
          "has options after a semicolon, which would open ports or lose commits",
          "jdbc:h2:file:PATH alone",
          "leave them out");
    }
    if (config.database().url().matches("(?i).*[?&;]password=.*")) {
      report.add(
          "database.url",
          "holds a password",
          "a URL without one",
          "put the password into a file and name it in database.password-file");
    }
    severalHosts();
  }

  private void severalHosts() {
    Matcher type = SERVER_TYPE.matcher(config.database().url());
    boolean any = config.roles().isStatusAlone() && type.find();
    boolean primary = type.reset().find() && type.group(1).equals("primary");
    if (SEVERAL_HOSTS.matcher(config.database().url()).lookingAt() && !primary && !any) {
      report.add(
          "database.url",
          "names several hosts and does not say that the primary of them is to be written to",
          "jdbc:postgresql://HOST:PORT,HOST:PORT/NAME?targetServerType=primary; any or"
              + " preferSecondary where roles is status alone",
          "add targetServerType=primary: a standby takes no writes");
    }
  }

  private void roles() {
    if (config.roles().isStatusAlone() && config.database().url().startsWith("jdbc:h2:")) {
      report.add(
          "roles",
          "status alone reads the ledger of other servers, and an H2 file is open to one server",
          "status beside other roles, or PostgreSQL",
          "set database.url to PostgreSQL, or add the other roles");
    }
  }

  private void times() {
    InkanConfig.Certificate certificate = config.certificate();
    if (certificate.renewalWindowDays() >= certificate.validityDays()) {
      report.add(
          "certificate.renewal-window-days",
          certificate.renewalWindowDays() + " is not shorter than certificate.validity-days",
          "less than " + certificate.validityDays(),
          "shorten the window");
    }
    days(certificate);
    if (config.crl().lifetime().compareTo(config.crl().every().multipliedBy(CrlPolicy.OVERLAP))
        < 0) {
      report.add(
          "crl.lifetime",
          config.crl().lifetime() + " is less than three times crl.every",
          "at least " + config.crl().every().multipliedBy(CrlPolicy.OVERLAP),
          "lengthen it: at its end gateways refuse everybody");
    }
    shorter("code.resend-after", config.code().resendAfter(), config.code().lifetime());
    MailConfig mail = config.mail();
    if (mail.retry().last().compareTo(mail.retry().first()) < 0) {
      report.add(
          "mail.retry.last",
          mail.retry().last() + " is shorter than mail.retry.first",
          "at least " + mail.retry().first(),
          "lengthen it");
    }
    shorter("mail.retry.first", mail.retry().first(), mail.giveUpAfter());
  }

  private void days(InkanConfig.Certificate certificate) {
    int window = certificate.renewalWindowDays();
    int furthest = config.notices().daysBefore().furthest();
    if (furthest > window) {
      report.add(
          "notices.days-before",
          furthest + " days before the last nothing can be renewed yet",
          "at most certificate.renewal-window-days: " + window,
          "remove it, or lengthen the window");
    }
  }

  private void shorter(String key, Duration value, Duration limit) {
    if (value.compareTo(limit) >= 0) {
      report.add(
          key, value + " leaves no time before " + limit, "less than " + limit, "shorten it");
    }
  }

  private void mail() {
    MailConfig mail = config.mail();
    boolean clear = mail.security() == MailConfig.Security.NONE;
    if (clear && !LOOPBACK.contains(mail.host())) {
      report.add(
          "mail.security",
          "none would send codes in clear text to " + mail.host(),
          "starttls or tls; none for " + InetAddress.getLoopbackAddress().getHostAddress(),
          "use starttls");
    }
    if (clear && mail.trustFile().isPresent()) {
      report.add(
          "mail.trust-file",
          "has no use where mail.security is none",
          "starttls or tls beside it",
          "remove it, or set mail.security");
    }
    if (mail.username().isPresent() != mail.passwordFile().isPresent()) {
      report.add(
          mail.username().isPresent() ? "mail.password-file" : "mail.username",
          "is missing beside its other half",
          "both of mail.username and mail.password-file, or none",
          "add it, or remove the other");
    }
  }
}
